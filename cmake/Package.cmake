# `./dev package`: what is installed where, and the Debian package of it.
include(GNUInstallDirs)
find_program(TAROTFORGE_GZIP gzip REQUIRED)

set(TAROTFORGE_MAN ${CMAKE_BINARY_DIR}/generated/tarotforge.1)
configure_file(${CMAKE_SOURCE_DIR}/docs/man/tarotforge.1 ${TAROTFORGE_MAN} @ONLY)
add_custom_command(OUTPUT ${TAROTFORGE_MAN}.gz DEPENDS ${TAROTFORGE_MAN}
  COMMAND ${TAROTFORGE_GZIP} -9nkf ${TAROTFORGE_MAN})
set(TAROTFORGE_CHANGELOG ${CMAKE_BINARY_DIR}/generated/changelog)
add_custom_command(OUTPUT ${TAROTFORGE_CHANGELOG}.gz DEPENDS ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${TAROTFORGE_CHANGELOG}
  COMMAND ${TAROTFORGE_GZIP} -9nkf ${TAROTFORGE_CHANGELOG})
add_custom_target(tarotforge_package ALL DEPENDS ${TAROTFORGE_MAN}.gz ${TAROTFORGE_CHANGELOG}.gz)

install(TARGETS tarotforge RUNTIME DESTINATION bin)
install(FILES ${TAROTFORGE_MAN}.gz DESTINATION share/man/man1)
install(FILES deploy/systemd/tarotforge.service DESTINATION lib/systemd/system)
install(FILES deploy/debian/tarotforge.toml DESTINATION /etc/tarotforge)
install(FILES deploy/completion/tarotforge.bash RENAME tarotforge
  DESTINATION share/bash-completion/completions)
install(FILES deploy/debian/copyright ${TAROTFORGE_CHANGELOG}.gz
  DESTINATION share/doc/tarotforge)
install(FILES deploy/prometheus/alerts.yml deploy/prometheus/prometheus.yml
  deploy/grafana/tarotforge.json deploy/nginx/tarotforge.conf deploy/haproxy/haproxy.cfg
  DESTINATION share/doc/tarotforge/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR TarotForge)
set(CPACK_PACKAGE_CONTACT "TarotForge <maintainers@tarotforge.dev>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "collaborative tarot reading rooms")
set(CPACK_PACKAGE_DESCRIPTION "Rooms in which a reader and their guests share one table, with
exact presence, warnings before a room ends for inactivity, and recovery under
the same link. One service that needs nothing else, or PostgreSQL where one
machine is not enough.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql, prometheus")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/deploy/debian/conffiles
  ${CMAKE_SOURCE_DIR}/deploy/debian/postinst ${CMAKE_SOURCE_DIR}/deploy/debian/prerm
  ${CMAKE_SOURCE_DIR}/deploy/debian/postrm)
include(CPack)
