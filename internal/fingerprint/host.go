package fingerprint

import (
	"fmt"
	"hash"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
)

// sumHost adds this machine's environment and the programs that compile with it.
func sumHost(sum hash.Hash, env gosource.Environment, flags goflags.Inherited) error {
	for _, variable := range variables(os.Environ()) {
		fmt.Fprintln(sum, variable)
	}
	for _, command := range []string{env.CC, env.CXX, "pkg-config"} {
		words, err := goflags.Split(command)
		if err != nil {
			return fmt.Errorf("read CC and CXX: %w", err)
		}
		if len(words) > 0 {
			sumProgram(sum, words[0])
		}
	}
	if program := flags.Toolexec(); program != "" {
		sumProgram(sum, program)
	}
	return nil
}

// sumProgram adds a program's file by its size and time: a compiler is too large to be read each time. If it does
// not exist, the build reports it.
func sumProgram(sum hash.Hash, name string) {
	path, err := exec.LookPath(name)
	if err != nil {
		return
	}
	if actual, err := filepath.EvalSymlinks(path); err == nil {
		path = actual
	}
	if info, err := os.Stat(path); err == nil {
		fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
	}
}

// variables returns the variables of an environment that may affect a compiler: all but the unrelated ones. The go
// command's own are in gosource.Settings.
func variables(environ []string) []string {
	var found []string
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		if !slices.Contains(unrelated, name) && !slices.ContainsFunc(unrelatedPrefixes, func(prefix string) bool {
			return strings.HasPrefix(name, prefix)
		}) {
			found = append(found, variable)
		}
	}
	slices.Sort(found)
	return found
}

// unrelated variables belong to the shell, the terminal, the desktop or the user's session, and differ between them.
// Instead of PATH, sumHost adds the programs that are found through it.
var unrelated = []string{
	"_", "PATH", "PWD", "OLDPWD", "SHLVL", "SHELL", "HOME", "USER", "LOGNAME", "MAIL", "HOSTNAME", "HOSTTYPE",
	"MACHTYPE", "OSTYPE", "PS1", "PS2", "PS4", "PROMPT", "PROMPT_COMMAND", "LINES", "COLUMNS", "EDITOR", "VISUAL",
	"PAGER", "LESS", "LESSOPEN", "LESSCLOSE", "MANPATH", "INFOPATH", "LS_COLORS", "LSCOLORS", "CLICOLOR", "COLORTERM",
	"COLORFGBG", "NO_COLOR", "FORCE_COLOR", "WINDOWID", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SESSION_MANAGER",
	"INVOCATION_ID", "JOURNAL_STREAM", "SYSTEMD_EXEC_PID", "DESKTOP_SESSION", "LANG", "LANGUAGE", "TZ", "TMPDIR",
	"TEMP", "TMP", "CI", "DEBIAN_FRONTEND", "INSIDE_EMACS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "SUDO_COMMAND",
	"SUDO_USER", "SUDO_UID", "SUDO_GID", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "VIRTUAL_ENV",
}

// unrelatedPrefixes begin the names of such variables, of settings that the build's own options or the go command's
// settings contain, and of those for deployments, containers and CI.
var unrelatedPrefixes = []string{
	"SPARTA_", "MAGEFILE_", "AWS_", "GO", "CGO_", "LC_", "TERM", "TMUX", "STY", "SSH_", "XDG_", "DBUS_", "GPG_",
	"GNOME_", "GTK_", "KDE_", "QT_", "VSCODE_", "HIST", "BASH_", "ZSH", "FZF_", "STARSHIP_", "ITERM_", "KITTY_",
	"ALACRITTY_", "WEZTERM_", "WT_", "VTE_", "DOCKER_", "CONTAINER_", "BUILDKIT_", "PODMAN_", "COMPOSE_", "NVM_",
	"PYENV_", "RBENV_", "DIRENV_", "GITHUB_", "GITLAB_", "RUNNER_", "CI_", "BUILDKITE", "CIRCLE", "JENKINS_",
	"CODEBUILD_", "PIP_", "NPM_", "npm_", "HOMEBREW_", "XPC_", "Apple_",
}
