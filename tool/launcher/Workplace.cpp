#include "Workplace.h"
#include "Process.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace fs = std::filesystem;

namespace coroexpand::launcher {

Workplace Workplace::beside(const std::string &Object, bool Keep) {
  Workplace Result;
  Result.Expansion = Object + ".lowered.cpp";
  Result.LockFile = Result.Expansion + ".lock";
  Result.Keeps = Keep;
  Result.lock();
  return Result;
}

Workplace Workplace::apart(const std::string &Source) {
  Workplace Result;
  std::error_code Error;
  std::string Name = (fs::temp_directory_path(Error) / "coro-XXXXXX").string();
  if (!Error && mkdtemp(Name.data()))
    Result.Folder = Name;
  else
    Result.Problem = "can't make a temporary folder in '" +
                     fs::path(Name).parent_path().string() +
                     "': " + std::strerror(errno);
  std::string File =
      Source == "-" ? "stdin.cpp" : fs::path(Source).filename().string();
  Result.Expansion = Result.Folder + "/" + File;
  return Result;
}

/// Who had the file before may have removed it while this process waited.
void Workplace::lock() {
  for (;;) {
    Lock = open(LockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (Lock < 0) {
      Problem = "can't write '" + Expansion + "': " + std::strerror(errno);
      return;
    }
    while (flock(Lock, LOCK_EX) < 0 && errno == EINTR)
      ;
    struct stat Held, There;
    if (fstat(Lock, &Held) == 0 && stat(LockFile.c_str(), &There) == 0 &&
        Held.st_ino == There.st_ino && Held.st_dev == There.st_dev)
      return;
    close(Lock);
  }
}

bool Workplace::isReady() const {
  if (!Problem.empty())
    error(Problem);
  return Problem.empty();
}

Workplace::Workplace(Workplace &&Other) noexcept
    : Expansion(Other.Expansion), Folder(std::exchange(Other.Folder, "")),
      LockFile(Other.LockFile), Lock(std::exchange(Other.Lock, -1)),
      Keeps(Other.Keeps), Problem(Other.Problem) {}

Workplace::~Workplace() {
  std::error_code Ignored;
  if (!Folder.empty())
    fs::remove_all(Folder, Ignored);
  if (Lock < 0)
    return;
  fs::remove(dependencies(), Ignored);
  if (!Keeps)
    fs::remove(Expansion, Ignored);
  fs::remove(LockFile, Ignored);
  close(Lock);
}

} // namespace coroexpand::launcher
