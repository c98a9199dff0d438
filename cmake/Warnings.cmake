# The warnings that the code is written under, as a target to link with.
add_library(tidemark_warnings INTERFACE)
if(MSVC)
  target_compile_options(tidemark_warnings INTERFACE /W4 $<$<BOOL:${TIDEMARK_WERROR}>:/WX>)
else()
  target_compile_options(
    tidemark_warnings
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wshadow
              -Wconversion
              -Wsign-conversion
              -Wnon-virtual-dtor
              -Wold-style-cast
              -Woverloaded-virtual
              # aggregates are filled by designated initialisers, which name what is set
              -Wno-missing-field-initializers
              # g++ 12 sees overlaps in libstdc++'s own strings where there are none
              $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
              # g++ 14 at -O3 sees the variants in libpqxx's parameters used before they are set
              $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
              # g++ takes the sources of a build in one go for headers
              $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
              $<$<BOOL:${TIDEMARK_WERROR}>:-Werror>)
endif()
