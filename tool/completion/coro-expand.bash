# Completion of coro-expand for bash.
_coro_expand() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  compopt -o filenames 2>/dev/null || true
  case $before in
    -p) mapfile -t COMPREPLY < <(compgen -d -- "$word") && return ;;
    --dump-ir) mapfile -t COMPREPLY < <(compgen -W "lower plan map" -- "$word") && return ;;
  esac
  if [[ $word == -* ]]; then
    local options="-o -p -- --headers --item --depfile --depfile-without-system --lines --Wboxed --compiler
      --extra-arg --extra-arg-before --drop-arg --layout --layout-diff --budget --dump-ir --help --help-list --version"
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _coro_expand coro-expand
