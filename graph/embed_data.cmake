# cmake -D NAME=kName -D INPUT=file -D OUTPUT=file.cc -P embed_data.cmake: a text file as a string of the library.
file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}" "#include \"graph/embedded_data.h\"\n\nnamespace newsgraph {\n\n"
  "const std::string_view ${NAME} = R\"newsgraph(${text})newsgraph\";\n\n}  // namespace newsgraph\n")
