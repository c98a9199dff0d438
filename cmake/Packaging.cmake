# What `./dev package` puts into a Debian package: the program, and what the program itself writes
# (manual, completions, units), so that no page and no unit is written twice.
include(GNUInstallDirs)

set(generated "${PROJECT_BINARY_DIR}/package")
add_custom_command(
  OUTPUT ${generated}/done
  COMMAND ${PROJECT_SOURCE_DIR}/packaging/generate.sh $<TARGET_FILE:tidemark> ${PROJECT_VERSION}
          ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${generated}
  DEPENDS tidemark ${PROJECT_SOURCE_DIR}/CHANGELOG.md packaging/generate.sh
  VERBATIM)
add_custom_target(package_files DEPENDS ${generated}/done)

install(DIRECTORY ${generated}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(DIRECTORY ${generated}/units/ DESTINATION lib/systemd/system OPTIONAL)
install(FILES ${generated}/tidemark DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
install(FILES ${generated}/_tidemark DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions OPTIONAL)
install(FILES ${generated}/tidemark.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
install(FILES ${generated}/changelog.gz packaging/debian/copyright packaging/debian/README.Debian README.md CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(FILES config.example.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tidemark)
set(CPACK_PACKAGE_CONTACT "Tidemark developers <developers@tidemark.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps the job history of TimeXtender in a database")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Tidemark reads the executions and logs of a TimeXtender organisation from its
jobs API every night and keeps them in SQLite or PostgreSQL, where they stay
when the API no longer has them. It finds the transfer tasks in the messages,
and so tells when each data source was last loaded successfully.")
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/packaging/debian/postinst"
                                       "${PROJECT_SOURCE_DIR}/packaging/debian/postrm")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
set(CPACK_OUTPUT_FILE_PREFIX "${PROJECT_BINARY_DIR}")
include(CPack)
