# What tidemark.exe carries beside its code: its version, a manifest (paths longer than 260
# characters, UTF-8), and the time zones, which Windows does not have.
enable_language(RC)
set(resources "${PROJECT_BINARY_DIR}/resources")
file(MAKE_DIRECTORY ${resources})
add_custom_command(
  OUTPUT ${resources}/zones
  COMMAND ${PROJECT_SOURCE_DIR}/cmake/windows/zones.sh ${resources}/zones
  DEPENDS ${PROJECT_SOURCE_DIR}/cmake/windows/zones.sh
  VERBATIM)
string(REPLACE "." "," version_numbers "${PROJECT_VERSION}")
configure_file(cmake/windows/tidemark.rc.in ${resources}/tidemark.rc @ONLY)
set_property(SOURCE ${resources}/tidemark.rc PROPERTY OBJECT_DEPENDS ${resources}/zones)
target_sources(tidemark PRIVATE ${resources}/tidemark.rc)
target_include_directories(tidemark PRIVATE ${PROJECT_SOURCE_DIR}/cmake/windows ${resources})
