#include "model/guid.hpp"
#include "support/catch.hpp"

#include <unordered_set>

using namespace tidemark;

TEST_CASE("A guid is read in every common form and written in one") {
    const std::string text = "d9854698-cd42-487b-8202-8683afa39b92";
    for (const char* form :
         {"d9854698-cd42-487b-8202-8683afa39b92", "D9854698-CD42-487B-8202-8683AFA39B92",
          "d9854698-cd42-487B-8202-8683AFA39B92", "d9854698cd42487b82028683afa39b92",
          "{d9854698-cd42-487b-8202-8683afa39b92}", "{D9854698CD42487B82028683AFA39B92}"}) {
        INFO(form);
        REQUIRE(parse_guid(form));
        CHECK(to_text(*parse_guid(form)) == text);
    }
}

TEST_CASE("What is no guid is not guessed") {
    for (const char* text :
         {"", "{}", "x", "d9854698-cd42-487b-8202-8683afa39b9",
          "d9854698-cd42-487b-8202-8683afa39b922", "d9854698-cd42-487b-8202-8683afa39b9g",
          "d9854698-cd42487b--8202-8683afa39b92", "d9854698_cd42_487b_8202_8683afa39b92",
          "{d9854698-cd42-487b-8202-8683afa39b92", "d9854698-cd42-487b-8202-8683afa39b92}",
          " d9854698-cd42-487b-8202-8683afa39b92", "(d9854698-cd42-487b-8202-8683afa39b92)"}) {
        INFO(text);
        CHECK_FALSE(parse_guid(text));
    }
}

TEST_CASE("The guid of all zeros is nil") {
    CHECK(parse_guid("00000000-0000-0000-0000-000000000000")->is_nil());
    CHECK_FALSE(parse_guid("00000000-0000-0000-0000-000000000001")->is_nil());
}

TEST_CASE("Guids are ordered as their texts are") {
    const Guid small = *parse_guid("0fffffff-ffff-ffff-ffff-ffffffffffff");
    const Guid large = *parse_guid("a0000000-0000-0000-0000-000000000000");
    CHECK(small < large);
    CHECK(to_text(small) < to_text(large));
    CHECK(std::unordered_set<Guid>{small, large, small}.size() == 2);
}
