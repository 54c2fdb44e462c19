# cmake -D NAME=kName -D INPUT=file -D OUTPUT=file.cc [-D HEADER=declares/it.h] -P embed_data.cmake:
# a text file as a string of the library.
if(NOT HEADER)
  set(HEADER "graph/embedded_data.h")
endif()
file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\nnamespace newsgraph {\n\n"
  "const std::string_view ${NAME} = R\"newsgraph(${text})newsgraph\";\n\n}  // namespace newsgraph\n")
