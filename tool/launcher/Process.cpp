#include "Process.h"

#include <csignal>
#include <cstring>
#include <iostream>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coroexpand::launcher {
namespace {

/// What a shell says of a program that is not there.
constexpr int NotFound = 127;

/// The handler passes signals on to this process while it runs.
volatile pid_t Running = 0;
/// The last one that came.
volatile sig_atomic_t Interrupted = 0;

void passOn(int Signal) {
  Interrupted = Signal;
  if (Running > 0)
    kill(Running, Signal);
}

constexpr int Passed[] = {SIGINT, SIGTERM, SIGHUP};

void handle(void (*Handler)(int)) {
  struct sigaction Action = {};
  Action.sa_handler = Handler;
  Action.sa_flags = SA_RESTART;
  for (int Signal : Passed)
    sigaction(Signal, &Action, nullptr);
}

} // namespace

void error(const std::string &What) {
  std::cerr << "coro-c++: error: " << What << "\n";
}

int become(const std::vector<std::string> &Words) {
  std::vector<char *> Arguments;
  for (const std::string &Word : Words)
    Arguments.push_back(const_cast<char *>(Word.c_str()));
  Arguments.push_back(nullptr);
  execvp(Arguments[0], Arguments.data());
  error("can't run '" + Words[0] + "': " + std::strerror(errno));
  return NotFound;
}

Ending run(const std::vector<std::string> &Words) {
  handle(passOn);
  pid_t Child = fork();
  if (Child == 0) {
    handle(SIG_DFL);
    _exit(become(Words));
  }
  Ending Result;
  if (Child < 0) {
    error(std::string("can't start a process: ") + std::strerror(errno));
    Result.Status = 1;
    return Result;
  }
  Running = Child;
  int Status;
  while (waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  Running = 0;
  if (WIFSIGNALED(Status))
    Result.Signal = WTERMSIG(Status);
  else
    Result.Status = WEXITSTATUS(Status);
  if (Interrupted)
    Result.Signal = Interrupted;
  return Result;
}

int end(const Ending &E) {
  if (E.Signal) {
    signal(E.Signal, SIG_DFL);
    raise(E.Signal);
  }
  return E.Status;
}

bool setStandardInput(const std::string &Text) {
  int File = memfd_create("standard input", MFD_CLOEXEC);
  size_t Written = 0;
  while (File >= 0 && Written < Text.size()) {
    ssize_t Size = write(File, Text.data() + Written, Text.size() - Written);
    if (Size <= 0)
      break;
    Written += Size;
  }
  bool Done = File >= 0 && Written == Text.size() &&
              lseek(File, 0, SEEK_SET) == 0 && dup2(File, STDIN_FILENO) >= 0;
  if (!Done)
    error(std::string("can't keep standard input: ") + std::strerror(errno));
  if (File >= 0)
    close(File);
  return Done;
}

std::string readStandardInput() {
  std::string Result;
  char Buffer[1 << 16];
  for (ssize_t Size; (Size = read(STDIN_FILENO, Buffer, sizeof Buffer)) > 0;)
    Result.append(Buffer, Size);
  return Result;
}

} // namespace coroexpand::launcher
