#!/usr/bin/env bash
# The generator's command line as a person and as a shell meet it: help, slips, progress, and completion by bash itself.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/scripts/lib/checks.sh
LOCKSTEP=${LOCKSTEP:-$(swift build --show-bin-path)/lockstep}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
document=Tests/Fixtures/golden/objects/openapi.yaml

# ends CODE PATTERN NAME ARG…
ends() {
    local code=$1 pattern=$2 name=$3 found=0
    shift 3
    output=$("$LOCKSTEP" "$@" 2>&1) || found=$?
    if [ "$found" != "$code" ]; then
        fail "$name" "wanted exit code $code, found $found" "$output"
    else
        contains "$name (exit $code)" "$pattern" "$output"
    fi
}

# Help
ends 0 '^  generate +write Swift' 'help lists the commands' help
ends 2 '^usage: lockstep COMMAND' 'no command'
for command in generate check bundle completion; do
    ends 0 "^usage: lockstep $command " "help $command" help $command
    wanted=$output
    ends 0 '^exit codes: 0 done' "$command --help" $command --help
    equal "$command --help is the same" "$wanted" "$output"
done
for command in generate check bundle; do
    ends 0 "^examples?: lockstep $command " "help $command has examples" help $command
    options=$("$LOCKSTEP" completion bash | sed -n "s/^    $command) .* -W '\(.*\)' .*/\1/p")
    for option in $options; do
        [[ $option == --help || $option == -h ]] || contains "help $command explains $option" "(^|[ ,[])$option" "$output"
    done
done

# Slips
ends 2 "no command 'genrate'; did you mean 'generate'\?" 'a misspelled command' genrate x
ends 2 "no command 'bundel'; did you mean 'bundle'\?" 'help for a misspelled command' help bundel
ends 2 "no option '--ouput'; did you mean '--output'\?" 'a misspelled option' generate "$document" --ouput x
ends 2 "'lockstep help generate' tells" '… says where to look' generate "$document" --frobnicate
ends 2 "'--strict' takes no value" 'a flag with a value' check "$document" --strict=yes
ends 2 "'--format' needs a value" 'an option without its value' bundle "$document" --format
ends 2 'for which shell' 'completion for no shell' completion tcsh

# Progress: on the standard error only, and never in what is written
"$LOCKSTEP" generate "$document" -o "$work/plain" >/dev/null 2>&1
"$LOCKSTEP" generate "$document" --output="$work/verbose" --verbose >"$work/out" 2>"$work/err"
equal 'the files are the same with -v' '' "$(diff -r "$work/plain" "$work/verbose")"
equal 'a line a stage, in their order' 'read check build bundle plan validators emit write' \
    "$(sed -n 's/^lockstep: \([a-z]*\)  *[0-9]* ms$/\1/p' "$work/err" | xargs)"
contains 'what there is, and the sum' '^lockstep: 3 schemas, 1 operations; 3 files, 3 written; [0-9]+ ms$' "$(cat "$work/err")"
contains 'the files are named' "^$work/verbose/Types.swift$" "$(cat "$work/out")"
"$LOCKSTEP" bundle "$document" -v --format json 2>/dev/null | python3 -c 'import json, sys; json.load(sys.stdin)' &&
    pass 'bundle -v prints nothing else' || fail 'bundle -v prints nothing else'

# Completion, by a bash that has sourced the script
"$LOCKSTEP" completion bash >"$work/bash"
mkdir "$work/here" && (cd "$work/here" && mkdir 'a folder' && touch 'an api.yaml' b.json c.yml notes.txt)
# completes NAME WANTED WORD…: the last word is the one at the cursor
completes() {
    local name=$1 wanted=$2 found
    shift 2
    found=$(cd "$work/here" && bash --norc -c '
        . "$1"; shift
        read -ra registered < <(complete -p lockstep)
        [[ " ${registered[*]} " == *" -F _lockstep "* ]] || exit 1
        COMP_WORDS=(lockstep "$@") COMP_CWORD=$#
        _lockstep
        printf "%s\n" "${COMPREPLY[@]}" | sort | paste -sd "|"' bash "$work/bash" "$@")
    equal "completes $name" "$wanted" "$found"
}
completes 'commands' 'bundle|check|completion|generate|help|version' ''
completes 'a command' 'generate' ge
completes 'commands behind help' 'check|completion' help c
completes 'shells' 'bash|fish|zsh' completion ''
completes 'documents and folders' 'a folder|an api.yaml|b.json|c.yml' check ''
completes 'a document with a space in its name' 'an api.yaml' generate an
completes 'options' '--operations|--output' generate b.json --o
completes 'the flags of check' '--help|--strict|--verbose' check --
completes 'words' 'json|yaml' bundle b.json --format ''
completes 'a word' 'server' generate b.json --emit s
completes 'folders behind --output' 'a folder' generate b.json --output ''
completes 'folders behind -o' 'a folder' generate b.json -o a
completes 'nothing behind --tags' '' generate b.json --tags ''

# The other shells, where they are installed
"$LOCKSTEP" completion zsh >"$work/_lockstep"
"$LOCKSTEP" completion fish >"$work/lockstep.fish"
contains 'zsh is told of options' "'\(--output -o\)'\{--output,-o\}'\[where the files go\]:folder:_files -/'" "$(cat "$work/_lockstep")"
contains 'fish is told of options' "-l output -s o -x -a '\(__fish_complete_directories\)'" "$(cat "$work/lockstep.fish")"
for shell in zsh fish; do
    if command -v $shell >/dev/null; then
        file=$([ $shell = zsh ] && echo "$work/_lockstep" || echo "$work/lockstep.fish")
        $shell -n "$file" && pass "$shell reads its script" || fail "$shell reads its script"
    fi
done
all_passed
