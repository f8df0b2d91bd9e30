/* Owns the choice of a code page for bytes that are no UTF-8, by what the letters around each byte
 * beyond ASCII say. Windows-1252 stands first: another has to fit clearly better. */
#include <ctype.h>
#include <iconv.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "exchange/csv_detect.h"

enum { HIGH_BYTES = 128, SIGNS_LOOKED_AT = 4000, CLEARLY = 2, LONG_RUN = 4 };

/* What a byte beyond ASCII is in a code page. */
enum sign { SIGN_NONE, SIGN_CONTROL, SIGN_OTHER, SIGN_JOINING, SIGN_SMALL, SIGN_CAPITAL };

static const char *const pages[] = {"WINDOWS-1252", "IBM850", "MACINTOSH", "WINDOWS-1250",
                                    "WINDOWS-1251"};

/* Letters by their place in Unicode, as the locale may know none: Latin beyond ASCII and Cyrillic.
 */
static enum sign sign_of(uint32_t code) {
    bool is_latin1 = code >= 0xC0 && code <= 0xFF && code != 0xD7 && code != 0xF7;
    bool is_latin_a = code >= 0x100 && code <= 0x17F;
    if (code < 0xA0) {
        return SIGN_CONTROL;
    }
    if (code == 0x2019 || code == 0x2013 || code == 0x2014) {
        return SIGN_JOINING; /* an apostrophe and dashes stand within words too */
    }
    if (is_latin1) {
        return code >= 0xDF ? SIGN_SMALL : SIGN_CAPITAL;
    }
    if (is_latin_a) {
        bool is_shifted = (code >= 0x139 && code <= 0x148) || code >= 0x179;
        return (code & 1) != is_shifted ? SIGN_SMALL : SIGN_CAPITAL;
    }
    if (code >= 0x400 && code <= 0x45F) {
        return code >= 0x430 ? SIGN_SMALL : SIGN_CAPITAL;
    }
    return SIGN_OTHER;
}

/* Fills what each byte from 0x80 on is. False where iconv does not know the page. */
static bool read_page(const char *page, enum sign signs[static HIGH_BYTES]) {
    iconv_t decoder = iconv_open("UTF-8", page);
    if (decoder == (iconv_t)-1) {
        return false;
    }
    for (int i = 0; i < HIGH_BYTES; i++) {
        char byte = (char)(HIGH_BYTES + i), text[8] = "";
        char *from = &byte, *to = text;
        size_t left = 1, room = sizeof text;
        uint32_t code;
        bool is_known = iconv(decoder, &from, &left, &to, &room) != (size_t)-1;
        is_known = is_known && text_decode(text, (size_t)(to - text), &code) > 0;
        signs[i] = is_known ? sign_of(code) : SIGN_NONE;
    }
    iconv_close(decoder);
    return true;
}

static enum sign sign_at(const unsigned char *bytes, const enum sign *signs) {
    if (*bytes >= HIGH_BYTES) {
        return signs[*bytes - HIGH_BYTES];
    }
    return islower(*bytes) ? SIGN_SMALL : isupper(*bytes) ? SIGN_CAPITAL : SIGN_OTHER;
}

/* How natural a byte is between its neighbours: letters within words, capitals at their beginning,
 * other signs beside words. */
static int judge(enum sign before, enum sign sign, enum sign after) {
    bool is_within = before >= SIGN_SMALL && after >= SIGN_SMALL;
    switch (sign) {
    case SIGN_NONE:
        return -20;
    case SIGN_CONTROL:
        return -10;
    case SIGN_OTHER:
        return is_within ? -4 : 2;
    case SIGN_JOINING:
        return 2;
    case SIGN_SMALL:
        return after == SIGN_CAPITAL ? -4 : before < SIGN_SMALL && after < SIGN_SMALL ? 0 : 2;
    case SIGN_CAPITAL:
        return before == SIGN_SMALL ? -4 : before < SIGN_SMALL && after < SIGN_SMALL ? -1 : 2;
    }
    return 0;
}

/* Western words have no four letters beyond ASCII in a row; Cyrillic ones do. */
static int judge_run(size_t run, bool is_cyrillic) {
    return run < LONG_RUN ? 0 : is_cyrillic ? (int)run : -(int)run;
}

/* *OFFENCES counts what hardly stands in any text of that page. */
static long score_page(const char *page, const unsigned char *bytes, size_t len_bytes,
                       size_t *offences) {
    enum sign signs[HIGH_BYTES];
    long score = 0;
    size_t run = 0;
    bool is_cyrillic = strcmp(page, "WINDOWS-1251") == 0;
    *offences = 0;
    if (!read_page(page, signs)) {
        return -1000000;
    }
    for (size_t i = 0, seen = 0; i < len_bytes && seen < SIGNS_LOOKED_AT; i++) {
        if (bytes[i] < HIGH_BYTES) {
            score += judge_run(run, is_cyrillic);
            *offences += run >= LONG_RUN;
            run = 0;
            continue;
        }
        enum sign before = i == 0 ? SIGN_OTHER : sign_at(bytes + i - 1, signs);
        enum sign after = i + 1 == len_bytes ? SIGN_OTHER : sign_at(bytes + i + 1, signs);
        int judged = judge(before, signs[bytes[i] - HIGH_BYTES], after);
        score += is_cyrillic && run == 0 && bytes[i + 1 < len_bytes ? i + 1 : i] < HIGH_BYTES
                     ? -2 /* a single Cyrillic letter within Latin ones */
                     : judged;
        *offences += judged < -1;
        run++;
        seen++;
    }
    return score + judge_run(run, is_cyrillic);
}

const char *csv_detect_code_page(const unsigned char *bytes, size_t len_bytes) {
    const char *best = pages[0];
    size_t offences, others;
    long best_score = score_page(pages[0], bytes, len_bytes, &offences);
    for (size_t i = 1; i < COUNT(pages) && offences > 0; i++) {
        long score = score_page(pages[i], bytes, len_bytes, &others);
        if (score > best_score + CLEARLY && score > 0) {
            best = pages[i];
            best_score = score;
        }
    }
    return best;
}
