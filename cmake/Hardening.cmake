# What makes the program a harder target: link with tidemark_hardened.
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(TIDEMARK_SANITIZE AND NOT TIDEMARK_SANITIZE STREQUAL "thread")
  # Two million addresses in what the checks say of themselves would be filled in at each start, for half a second,
  # and the tests start the program by the thousand.
  set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
endif()
add_library(tidemark_hardened INTERFACE)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  target_compile_options(tidemark_hardened INTERFACE -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
    target_compile_options(tidemark_hardened INTERFACE -fcf-protection)
  endif()
  target_link_options(tidemark_hardened INTERFACE -Wl,-z,relro,-z,now)
  # it needs the optimizer, and the sanitizers look closer
  target_compile_definitions(tidemark_hardened INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS>)
endif()
