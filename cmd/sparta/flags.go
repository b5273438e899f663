package main

import (
	"os"
	"regexp"
	"strings"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/progress"
)

// logFlags holds the flags of the log.
type logFlags struct {
	commandline.Logging
	commandline.Appearance

	log *logrus.Logger // set while a command runs
}

// open makes the log as the flags describe it.
func (f *logFlags) open() (err error) {
	f.log, err = progress.NewLogger(os.Stderr, progress.Options{
		Level:      f.Level,
		Source:     "--level, SPARTA_LOG_LEVEL",
		Format:     f.Format,
		Timestamps: f.Timestamps,
		NoColor:    f.NoColor,
	})
	return err
}

// setEnvironment sets the variables of a command that builds and runs functions.
func (f *logFlags) setEnvironment(command *cobra.Command, settings *commandline.BuildSettings) error {
	if !command.Flags().Changed("level") { // otherwise it is the level of the functions' logs, too
		f.Level = ""
	}
	for _, variables := range []any{settings, &f.Logging} {
		if _, err := commandline.SetEnvironment(variables); err != nil {
			return err
		}
	}
	return nil
}

// asCommands replaces the targets that a text names with this program's commands. Errors are written for targets.
func asCommands(root *cobra.Command, text string) string {
	for _, command := range root.Commands() {
		target := regexp.MustCompile(`\b(go tool mage )?cgo:` + command.Name() + `\b`)
		text = target.ReplaceAllString(text, command.CommandPath())
	}
	return text
}

// withFlags adds the command's flags to a text that names the variables of builds. Such texts are written for targets,
// which have only the variables.
func withFlags(command *cobra.Command, text string) string {
	for _, flag := range commandline.Flags(&commandline.BuildSettings{}) {
		if command.Flags().Lookup(flag.Name) != nil {
			text = withFlag(flag, text)
		}
	}
	return text
}

// withFlag adds a flag beside its environment variables, or in place of those that are set in the text.
func withFlag(flag commandline.Flag, text string) string {
	for _, variable := range flag.Variables() {
		name := regexp.MustCompile(`\b` + variable + `\b=?`)
		text = name.ReplaceAllStringFunc(text, func(found string) string {
			if strings.HasSuffix(found, "=") {
				return "--" + flag.Name + "="
			}
			return "--" + flag.Name + " or " + found
		})
	}
	return text
}
