# What makes the program a harder target: link with tidemark_hardened.
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
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
