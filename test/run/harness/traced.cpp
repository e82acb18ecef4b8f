#include "traced.h"

#include "trace_internal.h"

namespace oracle {

traced::traced(const char* name, int value) : name_(name), value_(value) {
  line() << "construct " << name << " = " << value;
  id_ = enter("construct");
}

traced::traced(const traced& other) : name_(other.name_), value_(other.value()) {
  line() << "copy " << other;
  id_ = enter("copy");
}

traced::traced(traced&& other) : name_(other.name_), value_(other.value()) {
  line() << "move " << other;
  id_ = enter("move");
  other.moved_from_ = true;
}

traced& traced::operator=(const traced& other) {
  line() << "copy-assign " << other << " to " << *this;
  count_operation("copy-assign", name_);
  name_ = other.name_;
  value_ = other.value();
  moved_from_ = other.moved_from_;
  return *this;
}

traced& traced::operator=(traced&& other) {
  line() << "move-assign " << other << " to " << *this;
  count_operation("move-assign", name_);
  name_ = other.name_;
  value_ = other.value();
  moved_from_ = other.moved_from_;
  other.moved_from_ = true;
  return *this;
}

traced::~traced() {
  print_end_of_life(name_, id_, moved_from_);
  registry::leave(this, name_, id_);
}

traced& traced::operator+=(int amount) {
  line() << "add " << amount << " to " << *this;
  count_operation("add", name_);
  value_ += amount;
  return *this;
}

traced::operator bool() const {
  line() << "test " << *this;
  count_operation("test", name_);
  return value() != 0;
}

int traced::value() const {
  registry::expect_alive(this, name_, id_);
  return value_;
}

int traced::use() const {
  line() << "use " << *this;
  count_operation("use", name_);
  return value();
}

int traced::enter(const char* event) const {
  count_operation(event, name_);
  return registry::enter(this, name_);
}

line& operator<<(line& out, const traced& object) {
  registry::expect_alive(&object, object.name_, object.id_);
  out << object.name_ << '#' << object.id_ << " = " << object.value_;
  if (object.moved_from_) out << " (moved-from)";
  return out;
}

failure::failure(const char* name) : name_(name), id_(registry::enter(this, name)) {
  line() << "construct failure " << name << '#' << id_;
}

failure::failure(const failure& other)
    : name_(other.name_), id_(registry::enter(this, other.name_)) {
  line() << "copy failure " << name_ << '#' << other.id_;
}

failure::~failure() {
  print_end_of_life(name_, id_, false);
  registry::leave(this, name_, id_);
}

}  // namespace oracle
