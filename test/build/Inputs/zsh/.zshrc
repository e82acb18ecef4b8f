# A shell that completes one line with the functions in $FUNCTIONS, writes what it has found into $FOUND, and ends.
fpath=($FUNCTIONS $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
  if (( ! ${@[(I)-[OAD]*]} )); then
    local found
    builtin compadd -A found "$@"
    print -l -- $found >> $FOUND
  fi
  builtin compadd "$@"
}
comppostfuncs=(exit)
