#include "loghub/grouping.hpp"
#include "loghub/labelled_set.hpp"
#include "support/catch.hpp"

#include <sstream>

using namespace tidemark::loghub;

using Strings = std::vector<std::string>;

TEST_CASE("a labelled set is read with quotes and line breaks within its values") {
    std::istringstream csv("LineId,Content,EventId,EventTemplate\r\n"
                           "1,plain,E1,x\r\n"
                           "2,\"a, \"\"b\"\"\nc\",E2,x\n");
    const LabelledSet set = read_set("Set", csv);
    CHECK(set.messages == Strings{"plain", "a, \"b\"\nc"});
    CHECK(set.events == Strings{"E1", "E2"});
    std::istringstream without("LineId,Content\n1,a\n");
    CHECK_THROWS_WITH(read_set("Set", without), ContainsSubstring("no column EventId"));
}

TEST_CASE("a line counts as right when its group is the set of lines of its event") {
    const Strings events = {"a", "a", "b", "b", "c"};
    CHECK(grouping_accuracy(Strings{"1", "1", "2", "2", "3"}, events) == 1.0);
    CHECK(grouping_accuracy(Strings{"1", "1", "2", "2", "2"}, events) == 0.4); // c is among b
    CHECK(grouping_accuracy(Strings{"1", "2", "3", "3", "4"}, events) == 0.6); // a is cut in two
}

TEST_CASE("groups take masks together that differ in a word") {
    const Strings messages = {"session opened for root by 5", "session opened for etl by 6",
                              "session opened for root by 7", "disk is full"};
    const Strings masks = by_mask(messages);
    CHECK(masks[0] == masks[2]);
    CHECK(masks[0] != masks[1]);
    const Strings groups = by_group(messages);
    CHECK(groups[0] == groups[1]);
    CHECK(groups[0] != groups[3]);
}
