#include "Lines.h"

#include "IR/Emitted.h"

using llvm::StringRef;

namespace coroexpand {
namespace {

class LineWriter {
public:
  LineWriter(const std::string &Name, LinePlaces Places)
      : Name(Name), Places(Places) {}

  std::string run(StringRef Marked) {
    while (!Marked.empty()) {
      char C = Marked.front();
      Marked = Marked.drop_front();
      switch (C) {
      case mark::Begin: {
        auto [Digits, Rest] = Marked.split(mark::End);
        Marked = Rest;
        goTo(Digits);
        break;
      }
      case mark::Number: {
        auto [Digits, Rest] = Marked.split(mark::End);
        Marked = Rest;
        Result += std::to_string(placeOf(Digits).Line);
        break;
      }
      case mark::SourceLine:
        endLine();
        ++Wanted;
        Indent = false; // It has its own.
        break;
      case mark::MadeLine:
      case '\n':
        endLine();
        break;
      default:
        character(C, Marked);
      }
    }
    return std::move(Result);
  }

private:
  LinePlace placeOf(StringRef Digits) const {
    std::uint32_t Where = 0;
    Digits.getAsInteger(10, Where);
    return Places(Where);
  }

  void goTo(StringRef Digits) {
    LinePlace Place = placeOf(Digits);
    Wanted = Place.Line;
    Indentation = Place.Indentation;
  }

  void endLine() {
    Result += '\n';
    ++Current;
    AtStart = Indent = true;
    InComment = false;
    Spaces.clear();
  }

  void character(char C, StringRef Rest) {
    bool IsSpace = C == ' ' || C == '\t' || C == '\r';
    if (AtStart && IsSpace) {
      Spaces += C;
      return;
    }
    InComment |= C == '/' && Rest.starts_with("/");
    if (!IsSpace && !InComment && Current != Wanted)
      directive();
    if (AtStart) {
      Result += Indent ? Indentation + Spaces : Spaces;
      AtStart = false;
    }
    Result += C;
  }

  /// At the beginning of a line, or in the middle of one that goes on
  /// elsewhere.
  void directive() {
    if (!AtStart)
      Result += '\n';
    Result += "#line " + std::to_string(Wanted);
    if (!IsNamed)
      Result += " " + Name;
    Result += '\n';
    IsNamed = true;
    if (!AtStart)
      Spaces.clear();
    AtStart = true;
    Current = Wanted;
  }

  const std::string &Name;
  LinePlaces Places;
  std::string Result, Indentation, Spaces;
  unsigned Wanted = 1;
  unsigned Current = 0; ///< What a compiler takes the line for.
  bool AtStart = true;  ///< Nothing but white space on the line so far.
  bool Indent = true;   ///< The line is not the source's own.
  bool InComment = false;
  bool IsNamed = false;
};

} // namespace

std::string withLines(StringRef Marked, const std::string &Name,
                      LinePlaces Places) {
  return LineWriter(Name, Places).run(Marked);
}

} // namespace coroexpand
