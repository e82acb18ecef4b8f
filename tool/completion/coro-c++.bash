# Completion of coro-c++ for bash: what follows is a command.
_coro_cxx() {
  local word=${COMP_WORDS[COMP_CWORD]}
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -c -W "--help --version" -- "$word")
  elif declare -F _command_offset >/dev/null; then
    _command_offset 1
  else
    compopt -o filenames 2>/dev/null || true
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _coro_cxx coro-c++
