#include "WriteFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <filesystem>

namespace fs = llvm::sys::fs;

namespace coroexpand {
namespace {

llvm::Error writeAndClose(llvm::raw_fd_ostream &OS, llvm::StringRef Text) {
  OS << Text;
  OS.flush();
  std::error_code Error = OS.error();
  OS.clear_error();
  return llvm::errorCodeToError(Error);
}

/// To where \p Path leads; a link may lead to a file that isn't there yet.
llvm::Expected<std::string> behindLinks(llvm::StringRef Path) {
  std::filesystem::path Result(Path.str());
  constexpr unsigned TooMany = 40; // As the kernel has it.
  for (unsigned I = 0; I < TooMany; ++I) {
    std::error_code Error;
    if (!std::filesystem::is_symlink(Result, Error))
      return Result.string();
    std::filesystem::path Next = std::filesystem::read_symlink(Result, Error);
    if (Error)
      return llvm::errorCodeToError(Error);
    Result = Result.parent_path() / Next;
  }
  return llvm::errorCodeToError(
      std::make_error_code(std::errc::too_many_symbolic_link_levels));
}

/// \p Old is what stands there now, if anything does.
llvm::Error replaceFile(llvm::StringRef Path, const fs::file_status &Old,
                        llvm::StringRef Text) {
  auto Temporary =
      fs::TempFile::create(Path + ".temp-%%%%%%", fs::all_read | fs::all_write);
  if (!Temporary)
    return Temporary.takeError();
  llvm::raw_fd_ostream OS(Temporary->FD, /*shouldClose=*/false);
  llvm::Error Error = writeAndClose(OS, Text);
  if (!Error && fs::exists(Old))
    Error = llvm::errorCodeToError(
        fs::setPermissions(Temporary->FD, Old.permissions()));
  if (Error)
    return llvm::joinErrors(std::move(Error), Temporary->discard());
  return Temporary->keep(Path);
}

llvm::Error writeTo(llvm::StringRef Path, llvm::StringRef Text) {
  std::error_code Error;
  llvm::raw_fd_ostream OS(Path, Error, fs::CD_OpenExisting, fs::FA_Write,
                          fs::OF_None);
  if (Error)
    return llvm::errorCodeToError(Error);
  return writeAndClose(OS, Text);
}

} // namespace

llvm::Error writeFile(llvm::StringRef Path, llvm::StringRef Text) {
  fs::file_status Old;
  std::error_code Absent = fs::status(Path, Old);
  if (Absent && Absent != std::errc::no_such_file_or_directory)
    return llvm::errorCodeToError(Absent);
  if (fs::exists(Old) && !fs::is_regular_file(Old))
    return writeTo(Path, Text);
  if (fs::exists(Old))
    if (std::error_code Denied = fs::access(Path, fs::AccessMode::Write))
      return llvm::errorCodeToError(Denied);
  llvm::Expected<std::string> Target = behindLinks(Path);
  if (!Target)
    return Target.takeError();
  return replaceFile(*Target, Old, Text);
}

} // namespace coroexpand
