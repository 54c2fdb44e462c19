// The two macros that pass an absl::Status on. There is no third.
#ifndef NEWSGRAPH_GRAPH_STATUS_H_
#define NEWSGRAPH_GRAPH_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define NEWSGRAPH_RETURN_IF_ERROR(expression)                                                             \
  do {                                                                                                    \
    if (absl::Status newsgraph_status_ = (expression); !newsgraph_status_.ok()) return newsgraph_status_; \
  } while (false)

#define NEWSGRAPH_CONCAT_INNER_(a, b) a##b
#define NEWSGRAPH_CONCAT_(a, b) NEWSGRAPH_CONCAT_INNER_(a, b)
#define NEWSGRAPH_ASSIGN_OR_RETURN(lhs, expression) \
  NEWSGRAPH_ASSIGN_OR_RETURN_(NEWSGRAPH_CONCAT_(newsgraph_result_, __LINE__), lhs, expression)
#define NEWSGRAPH_ASSIGN_OR_RETURN_(result, lhs, expression) \
  auto result = (expression);                                \
  if (!result.ok()) return std::move(result).status();       \
  lhs = *std::move(result)

#endif  // NEWSGRAPH_GRAPH_STATUS_H_
