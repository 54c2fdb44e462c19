#include "graph/verify.h"

namespace newsgraph {

// Not written yet: follows in the next change.
absl::Status VerifyStore(const KvSnapshot&, const Ontology&) { return absl::OkStatus(); }

}  // namespace newsgraph
