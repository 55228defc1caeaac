# tarotforge_embed(KIND INTO target FROM folder): tools/embed packs the folder into one blob and
# writes the table that the header of KIND declares. A missing folder gives an empty table.
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

function(tarotforge_embed kind)
  cmake_parse_arguments(PARSE_ARGV 1 embed "" "INTO;FROM" "")
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${embed_FROM}/*)
  set(out ${CMAKE_BINARY_DIR}/generated/${kind})
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.S ${out}.bin
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed ${kind}
      ${CMAKE_SOURCE_DIR}/${embed_FROM} ${out}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed ${inputs}
    COMMENT "Embedding ${embed_FROM}" VERBATIM)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS ${out}.bin)
  target_sources(${embed_INTO} PRIVATE ${out}.cpp ${out}.S)
endfunction()
