#include "attribution/data_source_resolver.hpp"
#include "support/catch.hpp"

using tidemark::contains_words;
using tidemark::words_of;
using Words = std::vector<std::string>;

TEST_CASE("Words are runs of letters and digits, in lower case") {
    CHECK(words_of("D365_Full-Load (2)") == Words{"d365", "full", "load", "2"});
    CHECK(words_of("  ") == Words{});
    CHECK(words_of("") == Words{});
}

TEST_CASE("Letters of other alphabets belong to words, their dashes and quotes do not") {
    CHECK(words_of("Økonomi – “ALLE” Ärzte") == Words{"økonomi", "alle", "ärzte"});
    CHECK(words_of("ŁÓDŹ ΑΘΗΝΑ МОСКВА ЁЛКА") == Words{"łódź", "αθηνα", "москва", "ёлка"});
    CHECK(words_of("データ・源、一") == Words{"データ・源", "一"});
    CHECK(words_of("5\u00A0µg × 3") == Words{"5", "µg", "3"});
}

TEST_CASE("Bytes that are no UTF-8 belong to words as they are") {
    CHECK(words_of("a\xFFz \xC3") == Words{"a\xFFz", "\xC3"});
    CHECK(words_of("\xE2\x80") == Words{"\xE2\x80"});
}

TEST_CASE("Words stand in others only whole and one after the other") {
    const Words in{"load", "sap", "bw", "daily"};
    CHECK(contains_words(in, {"sap"}));
    CHECK(contains_words(in, {"sap", "bw"}));
    CHECK(contains_words(in, in));
    CHECK_FALSE(contains_words(in, {"sa"}));
    CHECK_FALSE(contains_words(in, {"sap", "daily"}));
    CHECK_FALSE(contains_words(in, {"daily", "load"}));
    CHECK_FALSE(contains_words(in, {}));
}
