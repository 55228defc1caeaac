# tarotforge_embed(KIND INTO target FROM sources...): tools/embed packs folders and files into one
# blob and writes the table that the header of KIND declares. A missing folder adds nothing.
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

function(tarotforge_embed kind)
  cmake_parse_arguments(PARSE_ARGV 1 embed "" "INTO" "FROM")
  list(TRANSFORM embed_FROM PREPEND ${CMAKE_SOURCE_DIR}/)
  foreach(source ${embed_FROM})
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${source}/*)
    file(GLOB file LIST_DIRECTORIES false ${source})
    list(APPEND inputs ${files} ${file})
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/generated/${kind})
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.S ${out}.bin
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed ${kind} ${embed_FROM} ${out}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed ${inputs}
    COMMENT "Embedding ${kind}" VERBATIM)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS ${out}.bin)
  target_sources(${embed_INTO} PRIVATE ${out}.cpp ${out}.S)
endfunction()
