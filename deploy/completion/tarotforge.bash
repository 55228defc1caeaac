# Completion of tarotforge in bash: commands, the settings as options, and the words they take.
_tarotforge() {
  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" each command=
  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$each" in
      serve | cleanup | check | explain | stats | sessions | tail | export | billing | analytics | \
        rebuild-reports | restore | demo | migrate | webhooks | backup | doctor | config)
        [[ -z "$command" ]] && command="$each"
        ;;
      list | replay) [[ "$command" == webhooks ]] && command="webhooks $each" ;;
      up | status | verify | adopt) [[ "$command" == migrate ]] && command="migrate $each" ;;
    esac
  done
  case "$previous" in
    --status) COMPREPLY=($(compgen -W "active expired completed purged" -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
    --deck) COMPREPLY=($(compgen -W "classic nocturne" -- "$word")); return ;;
    --type) COMPREPLY=($(compgen -W "created joined left invited invite_revoked host_changed warned \
      extended expired completed restored purged" -- "$word")); return ;;
    --config | backup) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$(tarotforge $command --help 2>/dev/null |
      grep -oE -- '--[a-z][a-z-]*')" -- "$word"))
  elif [[ -z "$command" ]]; then
    COMPREPLY=($(compgen -W "serve cleanup check explain stats sessions tail export billing \
      analytics rebuild-reports restore demo migrate webhooks backup doctor config" -- "$word"))
  elif [[ "$command" == webhooks ]]; then
    COMPREPLY=($(compgen -W "list replay" -- "$word"))
  elif [[ "$command" == migrate ]]; then
    COMPREPLY=($(compgen -W "up status verify adopt" -- "$word"))
  fi
}
complete -F _tarotforge tarotforge
