/* Owns the reading of dates as spreadsheets have them; knows nothing of columns or of fields. */
#include <ctype.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/reading.h"
#include "register/parse.h"

enum {
    TEXT_BYTES_MOST = 64, /* nothing longer is a date */
    PIECES_MOST = 8,
    CENTURY_TURNS_AT = 70,  /* POSIX, strptime %y has 69; one year more is of this century */
    SERIAL_LEAST = 10000,   /* 1927: less is more likely a number or a year */
    SERIAL_MOST = 109574,   /* 2199-12-31 */
    SERIAL_OF_1970 = 25569, /* ECMA-376, 18.17.4.1: the day 1970-01-01 in the 1900 system */
};

/* A run of digits, or a word. */
struct piece {
    char text[TEXT_BYTES_MOST + 1];
    int digits; /* 0: a word */
    int number;
    char gap; /* what parts it from the piece before: the first sign that is no blank, or a blank */
};

struct pieces {
    struct piece of[PIECES_MOST];
    int count;
};

/* Returns the bytes of a blank at TEXT, also one that breaks no line; 0 where there is none. */
static size_t blank_bytes(const char *text) {
    if (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
        return 1;
    }
    if (strncmp(text, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    bool is_thin = strncmp(text, "\xE2\x80\xAF", 3) == 0 || strncmp(text, "\xE2\x80\x89", 3) == 0;
    return is_thin ? 3 : 0;
}

static bool is_word_byte(char c) {
    return isalpha((unsigned char)c) || (c & 0x80) != 0;
}

/* Passes over what may stand between two pieces; returns its sign, 0 where it is something else. */
static char skip_gap(const char **text) {
    char sign = '\0';
    const char *at = *text;
    for (;;) {
        size_t blank = blank_bytes(at);
        bool is_sign = *at != '\0' && strchr("./-,", *at) != NULL;
        if (blank == 0 && !is_sign) {
            break;
        }
        if (is_sign && sign != '\0' && sign != ' ' && *at != ',') {
            return '\0';
        }
        if (is_sign && (sign == '\0' || sign == ' ')) {
            sign = *at;
        } else if (sign == '\0') {
            sign = ' ';
        }
        at += is_sign ? 1 : blank;
    }
    *text = at;
    return sign;
}

/* Takes a run of digits or a word; false where neither stands there. */
static bool take_piece(const char **text, struct piece *piece) {
    size_t len = 0;
    *piece = (struct piece){0};
    if (isdigit((unsigned char)**text)) {
        len = strspn(*text, "0123456789");
        piece->digits = (int)len;
        for (size_t i = 0; i < len && i < 9; i++) {
            piece->number = piece->number * 10 + ((*text)[i] - '0');
        }
    } else {
        while (is_word_byte((*text)[len]) && blank_bytes(*text + len) == 0) {
            len++;
        }
    }
    if (len == 0 || len > TEXT_BYTES_MOST) {
        return false;
    }
    memcpy(piece->text, *text, len);
    *text += len;
    return true;
}

/* Words that say nothing of the day: "31st of March", "Tuesday, 31 March", "31 de marzo". */
static bool is_filler(const struct piece *piece, const struct pieces *before) {
    static const char weekdays[] =
        "monday;tuesday;wednesday;thursday;friday;saturday;sunday;mon;tue;tues;wed;thu;thur;thurs;"
        "fri;sat;sun;montag;dienstag;mittwoch;donnerstag;freitag;samstag;sonnabend;sonntag;mo;di;"
        "mi;do;fr;sa;so;lundi;mardi;mercredi;jeudi;vendredi;samedi;dimanche";
    static const char ordinals[] = "st;nd;rd;th;er";
    if (piece->digits > 0) {
        return false;
    }
    if (before->count == 0) {
        return choice_list_holds(weekdays, piece->text, false) ||
               choice_list_holds("the;den;le", piece->text, false);
    }
    return choice_list_holds("of;de;del", piece->text, false) ||
           (piece->gap == '\0' && choice_list_holds(ordinals, piece->text, false));
}

static bool divide(const char *text, struct pieces *pieces) {
    *pieces = (struct pieces){0};
    while (*text != '\0') {
        struct piece piece;
        const char *before = text;
        char gap = skip_gap(&text);
        if (*text == '\0') {
            return true; /* as in 31.3. */
        }
        if (!take_piece(&text, &piece) || pieces->count == PIECES_MOST) {
            return false;
        }
        if (text > before && pieces->count > 0) {
            piece.gap = gap;
        } else {
            piece.gap = '\0';
        }
        if (!is_filler(&piece, pieces)) {
            pieces->of[pieces->count++] = piece;
        }
    }
    return true;
}

/* Returns 1 to 12, or 0 where the word is no month. */
static int find_month(const char *word) {
    static const char *const months[] = {
        "january;jan;januar;jän;jänner;janvier;janv;enero;ene;gennaio;gen",
        "february;feb;februar;février;fevrier;févr;fév;febrero;febbraio",
        "march;mar;märz;maerz;mär;mrz;mars;marzo",
        "april;apr;avril;avr;abril;abr;aprile",
        "may;mai;mayo;maggio;mag",
        "june;jun;juni;juin;junio;giugno;giu",
        "july;jul;juli;juillet;juil;julio;luglio;lug",
        "august;aug;août;aout;agosto;ago",
        "september;sep;sept;septembre;septiembre;settembre;set",
        "october;oct;oktober;okt;octobre;octubre;ottobre;ott",
        "november;nov;novembre;noviembre",
        "december;dec;dezember;dez;décembre;decembre;déc;diciembre;dic;dicembre"};
    for (size_t i = 0; i < COUNT(months); i++) {
        if (choice_list_holds(months[i], word, false)) {
            return (int)i + 1;
        }
    }
    return 0;
}

static void put(struct date_reading *reading, enum date_way way, struct date_parts parts) {
    if (date_exists(parts)) {
        reading->can[way] = true;
        reading->day[way] = date_from_parts(parts);
    }
}

/* Returns the year of a piece of two or four digits, 0 where it can be none. */
static int year_of(const struct piece *piece) {
    if (piece->digits == 2) {
        return piece->number + (piece->number < CENTURY_TURNS_AT ? 2000 : 1900);
    }
    return piece->digits == 4 ? piece->number : 0;
}

static bool is_day_or_month(const struct piece *piece) {
    return piece->digits == 1 || piece->digits == 2;
}

static void read_three_numbers(const struct piece *of, struct date_reading *reading) {
    if (of[1].gap != of[2].gap || of[1].gap == '\0' || of[1].gap == ',') {
        return;
    }
    const struct piece *a = &of[0], *b = &of[1], *c = &of[2];
    if (a->digits == 4 && is_day_or_month(b) && is_day_or_month(c)) {
        put(reading, DATE_WAY_PLAIN, (struct date_parts){a->number, b->number, c->number});
        return;
    }
    if (!is_day_or_month(a) || !is_day_or_month(b) || year_of(c) == 0) {
        return;
    }
    reading->has_short_year = c->digits == 2;
    put(reading, DATE_WAY_DMY, (struct date_parts){year_of(c), b->number, a->number});
    put(reading, DATE_WAY_MDY, (struct date_parts){year_of(c), a->number, b->number});
    if (reading->has_short_year && a->digits == 2) {
        put(reading, DATE_WAY_YMD, (struct date_parts){year_of(a), b->number, c->number});
    }
}

/* Day, name of the month and year in their common orders: the name says which number is which. */
static void read_named_month(const struct piece *of, struct date_reading *reading) {
    int at = of[0].digits == 0 ? 0 : 1;
    int month = find_month(of[at].text);
    const struct piece *day = at == 0 ? &of[1] : &of[0];
    const struct piece *year = &of[2];
    if (at == 1 && of[0].digits == 4) {
        day = &of[2];
        year = &of[0];
    }
    if (of[at].digits > 0 || month == 0 || !is_day_or_month(day) || year_of(year) == 0) {
        return;
    }
    reading->has_short_year = year->digits == 2;
    put(reading, DATE_WAY_PLAIN, (struct date_parts){year_of(year), month, day->number});
}

/* 20260331; the day and month of another order would need a year of four digits there, and none
 * fits both. */
static void read_compact(const struct piece *piece, struct date_reading *reading) {
    if (piece->digits == 8) {
        put(reading, DATE_WAY_PLAIN,
            (struct date_parts){piece->number / 10000, piece->number / 100 % 100,
                                piece->number % 100});
    }
}

static void read_serial(const struct pieces *pieces, struct date_reading *reading) {
    const struct piece *of = pieces->of;
    bool is_serial = pieces->count == 1 || (pieces->count == 2 && of[1].digits > 0 &&
                                            (of[1].gap == '.' || of[1].gap == ','));
    if (is_serial && (of[0].digits == 5 || of[0].digits == 6) && of[0].number >= SERIAL_LEAST &&
        of[0].number <= SERIAL_MOST) {
        reading->can[DATE_WAY_SERIAL] = true;
        reading->day[DATE_WAY_SERIAL] = of[0].number - SERIAL_OF_1970;
    }
}

/* Cuts a time of the day off the end: " 14:05", "T14:05:00.000Z", ", 2:05 PM". False where what
 * stands behind a colon is no time. */
static bool cut_time(char *text) {
    char *colon = strchr(text, ':');
    if (colon == NULL) {
        return true;
    }
    char *begin = colon;
    while (begin > text && isdigit((unsigned char)begin[-1])) {
        begin--;
    }
    size_t hours = (size_t)(colon - begin);
    if (hours < 1 || hours > 2 || !isdigit((unsigned char)colon[1]) ||
        !isdigit((unsigned char)colon[2]) ||
        colon[strspn(colon, "0123456789:.,+- \tZzUTCGMHhutcgmrAPap\xC2\xA0\xE2\x80\xAF")] != '\0') {
        return false;
    }
    bool is_joined = begin > text && (begin[-1] == 'T' || begin[-1] == 't');
    bool is_apart = begin > text && (begin[-1] == ' ' || (begin[-1] & 0x80) != 0);
    if (!is_joined && !is_apart) {
        return false;
    }
    begin[is_joined ? -1 : 0] = '\0';
    return true;
}

bool date_read(const char *text, struct date_reading *reading) {
    char copy[TEXT_BYTES_MOST + 1];
    struct pieces pieces;
    *reading = (struct date_reading){0};
    for (size_t blank; (blank = blank_bytes(text)) > 0;) {
        text += blank;
    }
    size_t len_bytes = strlen(text);
    if (len_bytes > TEXT_BYTES_MOST || *text == '-' || *text == '.') {
        return false;
    }
    memcpy(copy, text, len_bytes + 1);
    if (!cut_time(copy) || !divide(copy, &pieces)) {
        return false;
    }
    if (pieces.count == 3) {
        bool are_numbers =
            pieces.of[0].digits > 0 && pieces.of[1].digits > 0 && pieces.of[2].digits > 0;
        (are_numbers ? read_three_numbers : read_named_month)(pieces.of, reading);
    } else if (pieces.count == 1 && pieces.of[0].digits == 8) {
        read_compact(&pieces.of[0], reading);
    } else if (pieces.count == 1 || pieces.count == 2) {
        read_serial(&pieces, reading);
    }
    for (int way = 0; way < DATE_WAY_COUNT; way++) {
        if (reading->can[way]) {
            return true;
        }
    }
    return false;
}
