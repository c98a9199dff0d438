# What `TIDEMARK_SANITIZE` asks for. The address and thread sanitizers need every object; the one for
# undefined behaviour, which takes long to compile, watches the product: link with tidemark_watched.
# It does not ask of each pointer whether it is null or misaligned: the address sanitizer tells of a
# null pointer that is followed, and those questions were half of the program and a quarter of the build.
add_library(tidemark_watched INTERFACE)
if(TIDEMARK_SANITIZE)
  if(TIDEMARK_SANITIZE STREQUAL "thread")
    set(everywhere -fsanitize=thread)
  else()
    set(everywhere -fsanitize=address)
    target_compile_options(tidemark_watched INTERFACE -fsanitize=undefined -fno-sanitize=null,alignment,object-size)
    add_link_options(-fsanitize=undefined)
  endif()
  # -g1: the lines of a stack trace, which is all that a finding needs
  add_compile_options(${everywhere} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(${everywhere})
endif()
if(TIDEMARK_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
