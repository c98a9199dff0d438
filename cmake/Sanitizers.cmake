# What `TIDEMARK_SANITIZE` asks for. The address and thread sanitizers need every object; the one for
# undefined behaviour, which costs most of the time to compile, watches the product: link with
# tidemark_watched.
add_library(tidemark_watched INTERFACE)
if(TIDEMARK_SANITIZE)
  if(TIDEMARK_SANITIZE STREQUAL "thread")
    set(everywhere -fsanitize=thread)
  else()
    set(everywhere -fsanitize=address)
    target_compile_options(tidemark_watched INTERFACE -fsanitize=undefined)
    add_link_options(-fsanitize=undefined)
  endif()
  # -g1: the lines of a stack trace, which is all that a finding needs
  add_compile_options(${everywhere} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(${everywhere})
endif()
if(TIDEMARK_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
