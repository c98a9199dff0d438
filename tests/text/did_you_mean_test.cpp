#include "support/catch.hpp"
#include "text/did_you_mean.hpp"

using tidemark::closest;
using tidemark::did_you_mean;
using tidemark::edit_distance;

TEST_CASE("The edit distance counts letters added, removed, replaced or swapped") {
    CHECK(edit_distance("retries", "retries") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("retires", "retries") == 1);
}

TEST_CASE("The nearest word is suggested, whatever its case") {
    const std::vector<std::string> words = {"url", "schema", "migrate"};
    CHECK(closest("migrat", words) == "migrate");
    CHECK(closest("URL", words) == "url");
    CHECK(closest("shcema", words) == "schema");
    CHECK(did_you_mean("ulr", words) == " (did you mean 'url'?)");
}

TEST_CASE("Nothing is suggested for a word that is near to none") {
    const std::vector<std::string> words = {"url", "schema", "migrate"};
    CHECK_FALSE(closest("organisation", words));
    CHECK_FALSE(closest("", words));
    CHECK_FALSE(closest("ab", {"x"}));
    CHECK_FALSE(closest("scm", words));
    CHECK(did_you_mean("password", words).empty());
}

TEST_CASE("Of words that are equally near the first is suggested") {
    CHECK(closest("cat", {"bat", "hat"}) == "bat");
}
