/// A shell, and the script with which it completes the tool's commands, options, values and documents.
///
/// The scripts hold what `Command.all` says, so they need not run the tool to complete a word.
enum Completion: String, CaseIterable {
    case bash
    case zsh
    case fish

    var script: String {
        switch self {
        case .bash: BashCompletion.script
        case .zsh: ZshCompletion.script
        case .fish: FishCompletion.script
        }
    }

    static let shells = allCases.map(\.rawValue)
    static let documentEndings = ["yaml", "yml", "json"]
}

/// For bash 4 and later; it needs no other package.
enum BashCompletion {
    static let script = """
        # lockstep completion for bash: source <(lockstep completion bash)
        _lockstep_files() {
            mapfile -t COMPREPLY < <(compgen -d -- "$1"; \(files))
        }
        _lockstep() {
            local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
            COMPREPLY=()
            if [ "$COMP_CWORD" -eq 1 ]; then
                mapfile -t COMPREPLY < <(compgen -W '\(Command.names.joined(separator: " "))' -- "$word")
                return
            fi
            case "$command $previous" in
        \(values)
            esac
            case $command in
            completion) mapfile -t COMPREPLY < <(compgen -W '\(Completion.shells.joined(separator: " "))' -- "$word") ;;
            help) mapfile -t COMPREPLY < <(compgen -W '\(Command.names.joined(separator: " "))' -- "$word") ;;
            esac
            if [[ $word != -* ]]; then
                case $command in \(Command.all.map(\.name).joined(separator: " | "))) _lockstep_files "$word" ;; esac
                return
            fi
            case $command in
        \(options)
            esac
        }
        complete -o filenames -F _lockstep lockstep

        """

    private static let files = Completion.documentEndings.map { "compgen -f -X '!*.\($0)' -- \"$1\"" }
        .joined(separator: "; ")

    /// A line for each option that takes a value.
    private static let values = Command.all.flatMap { command in
        command.options.compactMap { option -> String? in
            let complete: String
            switch option.value {
            case .folder: complete = "mapfile -t COMPREPLY < <(compgen -d -- \"$word\")"
            case .file: complete = "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
            case .words(let words):
                complete = "mapfile -t COMPREPLY < <(compgen -W '\(words.joined(separator: " "))' -- \"$word\")"
            case .text: complete = ":"
            case nil: return nil
            }
            let pattern = option.names.map { "'\(command.name) \($0)'" }.joined(separator: " | ")
            return "    \(pattern)) \(complete); return ;;"
        }
    }.joined(separator: "\n")

    private static let options = Command.all.map { command in
        let names = command.allOptions.flatMap(\.names).joined(separator: " ")
        return "    \(command.name)) mapfile -t COMPREPLY < <(compgen -W '\(names)' -- \"$word\") ;;"
    }.joined(separator: "\n")
}

/// For zsh, as a file `_lockstep` in a folder of `$fpath`.
enum ZshCompletion {
    static let script = """
        #compdef lockstep
        # lockstep completion for zsh: lockstep completion zsh > DIR/_lockstep, DIR being one of $fpath
        _lockstep() {
            local -a commands=(
        \(commands)
            )
            if (( CURRENT == 2 )); then
                _describe command commands
                return
            fi
            local command=$words[2]
            shift words
            (( CURRENT -= 1 ))
            case $command in
            completion) _values shell \(Completion.shells.joined(separator: " ")) ;;
            help) _describe command commands ;;
        \(Command.all.map(arguments).joined(separator: "\n"))
            esac
        }
        _lockstep "$@"

        """

    private static let commands =
        (Command.all.map { ($0.name, $0.summary) }
        + [
            ("completion", "print a script for a shell"), ("help", "explain a command"),
            ("version", "print the version"),
        ])
        .map { "        '\($0.0):\($0.1)'" }.joined(separator: "\n")

    private static func arguments(_ command: Command) -> String {
        let lines = command.allOptions.map(option) + ["'*:document:_files -g \"\(pattern)\"'"]
        return "    \(command.name)) _arguments \(lines.joined(separator: " \\\n        ")) ;;"
    }

    private static let pattern = "*.(\(Completion.documentEndings.joined(separator: "|")))"

    private static func option(_ option: Option) -> String {
        let action =
            switch option.value {
            case .folder: ":folder:_files -/"
            case .file: ":file:_files"
            case .words(let words): ":value:(\(words.joined(separator: " ")))"
            case .text: ":text: "
            case nil: ""
            }
        let text = "[\(option.summary)]\(action)"
        guard option.names.count > 1 else { return "'\(option.name)\(text)'" }
        return "'(\(option.names.joined(separator: " ")))'{\(option.names.joined(separator: ","))}'\(text)'"
    }
}

/// For fish, as `~/.config/fish/completions/lockstep.fish`.
enum FishCompletion {
    static let script = """
        # lockstep completion for fish: lockstep completion fish > ~/.config/fish/completions/lockstep.fish
        complete -c lockstep -f
        \(lines.joined(separator: "\n"))

        """

    private static var lines: [String] {
        var lines = Command.all.map { "complete -c lockstep -n __fish_use_subcommand -a \($0.name) -d '\($0.summary)'" }
        for (name, summary) in [("completion", "print a script for a shell"), ("help", "explain a command")] {
            lines.append("complete -c lockstep -n __fish_use_subcommand -a \(name) -d '\(summary)'")
        }
        lines.append("complete -c lockstep -n __fish_use_subcommand -a version -d 'print the version'")
        lines.append("complete -c lockstep -n '\(seen("completion"))' -a '\(Completion.shells.joined(separator: " "))'")
        lines.append("complete -c lockstep -n '\(seen("help"))' -a '\(Command.all.map(\.name).joined(separator: " "))'")
        let endings = Completion.documentEndings.map { "." + $0 }.joined(separator: " ")
        for command in Command.all {
            lines.append("complete -c lockstep -n '\(seen(command.name))' -k -a '(__fish_complete_suffix \(endings))'")
            lines += command.allOptions.map { line($0, of: command) }
        }
        return lines
    }

    private static func seen(_ name: String) -> String { "__fish_seen_subcommand_from \(name)" }

    private static func line(_ option: Option, of command: Command) -> String {
        let names = option.names.map { $0.hasPrefix("--") ? "-l \($0.dropFirst(2))" : "-s \($0.dropFirst(1))" }
        let value =
            switch option.value {
            case .folder: " -x -a '(__fish_complete_directories)'"
            case .file: " -r -F"
            case .words(let words): " -x -a '\(words.joined(separator: " "))'"
            case .text: " -x"
            case nil: ""
            }
        return
            "complete -c lockstep -n '\(seen(command.name))' \(names.joined(separator: " "))\(value) -d '\(option.summary)'"
    }
}
