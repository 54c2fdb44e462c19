// What English words say of the names beside them. Private to english_contexts.cc.
#ifndef NEWSGRAPH_INGEST_TEXT_ENGLISH_CONTEXT_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_ENGLISH_CONTEXT_WORDS_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace newsgraph {

enum Side : size_t { kPersonSide, kOrgSide, kPlaceSide, kProductSide, kWorkSide, kOtherSide, kSides };
using Weights = std::array<float, kSides>;

// Where words stand to the name that they speak of.
enum Place : uint8_t {
  kVerbBefore,      // joined X
  kNounOfBefore,    // shares in X, with one of kLinks between
  kDoneByBefore,    // developed by X
  kAppositionLeft,  // the brokerage X
  kTitledLeft,      // Mr X
  kOwned,           // X's revenue
  kVerbAfter,       // X employs
  kApposition,      // X, a maker of engines
  kFirstWord,       // Banco X
  kLastWord,        // X Hotels
  kClassNounAfter,  // the X monitor
  kPlaces,
};

// What a folded word says in that place; null for nothing. Safe from any thread.
const Weights* WhatWordSays(Place place, std::u32string_view word);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_ENGLISH_CONTEXT_WORDS_H_
