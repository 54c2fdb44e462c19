#include "graph/storage/memory_kv.h"

#include <array>
#include <mutex>
#include <utility>

#include "graph/ids.h"

namespace newsgraph {
namespace {

struct Node;
using Tree = std::shared_ptr<const Node>;

// A treap whose priorities are hashes of the keys: its shape depends on its keys alone
// and is balanced for any order of writes (Seidel and Aragon 1996).
struct Node {
  std::shared_ptr<const std::pair<std::string, std::string>> entry;
  uint64_t priority;
  Tree left;
  Tree right;

  const std::string& key() const { return entry->first; }
  const std::string& value() const { return entry->second; }
};

Tree WithChildren(const Node& node, Tree left, Tree right) {
  return std::make_shared<const Node>(Node{node.entry, node.priority, std::move(left), std::move(right)});
}

// The keys before `key` and those after it; `key` itself is dropped.
std::pair<Tree, Tree> Split(const Tree& tree, std::string_view key) {
  if (tree == nullptr) return {};
  if (tree->key() == key) return {tree->left, tree->right};
  if (tree->key() < key) {
    auto [before, after] = Split(tree->right, key);
    return {WithChildren(*tree, tree->left, std::move(before)), std::move(after)};
  }
  auto [before, after] = Split(tree->left, key);
  return {std::move(before), WithChildren(*tree, std::move(after), tree->right)};
}

// Every key of `left` is before every key of `right`.
Tree Join(const Tree& left, const Tree& right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  if (left->priority >= right->priority) return WithChildren(*left, left->left, Join(left->right, right));
  return WithChildren(*right, Join(left, right->left), right->right);
}

Tree Insert(const Tree& tree, Node node) {
  if (tree == nullptr || node.priority > tree->priority ||
      (node.priority == tree->priority && node.key() < tree->key())) {
    std::tie(node.left, node.right) = Split(tree, node.key());
    return std::make_shared<const Node>(std::move(node));
  }
  if (node.key() == tree->key()) {
    node.left = tree->left;
    node.right = tree->right;
    return std::make_shared<const Node>(std::move(node));
  }
  if (node.key() < tree->key()) return WithChildren(*tree, Insert(tree->left, std::move(node)), tree->right);
  return WithChildren(*tree, tree->left, Insert(tree->right, std::move(node)));
}

const Node* Find(const Tree& tree, std::string_view key) {
  const Node* node = tree.get();
  while (node != nullptr && node->key() != key) node = (key < node->key() ? node->left : node->right).get();
  return node;
}

Tree Erase(const Tree& tree, std::string_view key) {
  if (tree->key() == key) return Join(tree->left, tree->right);
  if (key < tree->key()) return WithChildren(*tree, Erase(tree->left, key), tree->right);
  return WithChildren(*tree, tree->left, Erase(tree->right, key));
}

// In order from `from` while keys begin with `prefix`. False when the walk is over.
bool Walk(const Tree& tree, std::string_view prefix, std::string_view from, const KvSnapshot::Visit& visit) {
  if (tree == nullptr) return true;
  const std::string_view key = tree->key();
  if (key >= from) {
    if (!Walk(tree->left, prefix, from, visit)) return false;
    if (!key.starts_with(prefix) || !visit(key, tree->value())) return false;
  }
  return Walk(tree->right, prefix, from, visit);
}

using Tables = std::array<Tree, kTableCount>;

class MemorySnapshot : public KvSnapshot {
 public:
  explicit MemorySnapshot(Tables tables) : tables_(std::move(tables)) {}

  absl::StatusOr<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    const Node* node = Find(tree(table), key);
    return node == nullptr ? std::nullopt : std::optional<std::string>(node->value());
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Table table, const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) {
      const Node* node = Find(tree(table), key);
      values.push_back(node == nullptr ? std::nullopt : std::optional<std::string>(node->value()));
    }
    return values;
  }

  absl::Status Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const override {
    Walk(tree(table), prefix, std::max(prefix, from), visit);
    return absl::OkStatus();
  }

  absl::Status ScanAll(Table table, std::string_view from, const Visit& visit) const override {
    Walk(tree(table), "", from, visit);
    return absl::OkStatus();
  }

 private:
  const Tree& tree(Table table) const { return tables_[static_cast<int>(table)]; }

  const Tables tables_;
};

class MemoryKv : public KvStore {
 public:
  absl::Status Write(const KvBatch& batch) override {
    std::lock_guard lock(mutex_);
    for (const KvWrite& write : batch.writes) {
      Tree& tree = tables_[static_cast<int>(write.table)];
      if (write.value) {
        auto entry = std::make_shared<const std::pair<std::string, std::string>>(write.key, *write.value);
        tree = Insert(tree, {std::move(entry), Hash128(write.key).low, nullptr, nullptr});
      } else if (Find(tree, write.key) != nullptr) {
        tree = Erase(tree, write.key);
      }
    }
    return absl::OkStatus();
  }

  absl::Status BulkLoad(const KvBatch& batch) override { return Write(batch); }

  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    std::lock_guard lock(mutex_);
    return std::make_shared<MemorySnapshot>(tables_);
  }

 private:
  mutable std::mutex mutex_;
  Tables tables_;  // guarded by mutex_
};

}  // namespace

std::unique_ptr<KvStore> NewMemoryKv() { return std::make_unique<MemoryKv>(); }

}  // namespace newsgraph
