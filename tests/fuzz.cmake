# Every tests/fuzz/NAME.c is one libFuzzer target (support/fuzz.h). Its corpus, tests/fuzz/corpus/NAME,
# is a test of every build, fuzz/NAME_corpus. The search for new inputs, fuzz/NAME, runs in a build of
# the preset fuzz, or from another build that is told where that one is, so that one summary has all.
set(CLAUSE5_FUZZ_SECONDS 20 CACHE STRING "How long each fuzz target searches when it is tested")
set(CLAUSE5_FUZZ_BUILD "" CACHE PATH "A build of the preset fuzz whose targets are tested here")

# The test fuzz/NAME, where there is a binary for it. New inputs stay in the build, crashes too.
function(clause5_fuzz_search name program corpus)
    set(found ${CMAKE_BINARY_DIR}/fuzz/found/${name})
    math(EXPR timeout "${CLAUSE5_FUZZ_SECONDS} + 300")
    file(MAKE_DIRECTORY ${found})
    add_test(NAME fuzz/${name} COMMAND ${program} -max_total_time=${CLAUSE5_FUZZ_SECONDS} -timeout=30
        -rss_limit_mb=4096 -verbosity=0 -artifact_prefix=${CMAKE_BINARY_DIR}/fuzz/${name}- ${found} ${corpus})
    set_tests_properties(fuzz/${name} PROPERTIES TIMEOUT ${timeout}
        ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8;CLAUSE5_TODAY=2026-11-21")
endfunction()

function(clause5_fuzz name source)
    set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    if(NOT IS_DIRECTORY ${corpus})
        set(corpus)
    endif()
    if(CLAUSE5_FUZZ)
        add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${source})
        set_target_properties(fuzz_${name} PROPERTIES
            RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz OUTPUT_NAME ${name})
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        add_dependencies(fuzz fuzz_${name})
        clause5_fuzz_search(${name} $<TARGET_FILE:fuzz_${name}> "${corpus}")
    else()
        add_executable(fuzz_${name} ${source} tests/support/replay/replay.c)
        add_test(NAME fuzz/${name}_corpus COMMAND fuzz_${name} ${corpus})
        set_tests_properties(fuzz/${name}_corpus PROPERTIES TIMEOUT 300
            ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8;CLAUSE5_TODAY=2026-11-21")
        if(CLAUSE5_FUZZ_BUILD)
            clause5_fuzz_search(${name} ${CLAUSE5_FUZZ_BUILD}/fuzz/${name} "${corpus}")
        endif()
    endif()
    target_include_directories(fuzz_${name} PRIVATE tests)
    target_link_libraries(fuzz_${name} PRIVATE clause5_core)
endfunction()

add_custom_target(fuzz)
file(GLOB targets CONFIGURE_DEPENDS tests/fuzz/*.c)
foreach(source IN LISTS targets)
    get_filename_component(name ${source} NAME_WE)
    clause5_fuzz(${name} ${source})
endforeach()
