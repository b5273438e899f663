package sparta

import "github.com/sirupsen/logrus"

// OptionsGlobal are the application's name and the flags of its command line that concern every command. ParseOptions
// sets the flags, cgo.Main sets all of it. In Lambda there is no command line: only the names are set, and the Logger
// is the standard one of package logrus.
var OptionsGlobal = GlobalOptions{Logger: logrus.StandardLogger()}

// GlobalOptions is the type of OptionsGlobal.
type GlobalOptions struct {
	ServiceName        string
	ServiceDescription string
	Noop               bool   // --noop: AWS must not be changed
	LogLevel           string // --level
	LogFormat          string // --format: text, txt or json
	TimeStamps         bool   // --timestamps
	DisableColors      bool   // --nocolor
	Logger             *logrus.Logger
	Command            string // name of the command that runs, for example provision
	BuildTags          string // --tags
	LinkerFlags        string // --ldflags
}
