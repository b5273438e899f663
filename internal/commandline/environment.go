package commandline

import (
	"errors"
	"os"
)

// SetEnvironment sets, for each text flag of a command that is not empty, the environment variable that holds its
// default: flags take precedence over the environment. The function that it returns restores the former values.
func SetEnvironment(command any) (restore func(), err error) {
	former := map[string]string{}
	restore = func() {
		for variable, value := range former {
			if value == "" {
				_ = os.Unsetenv(variable)
			} else {
				_ = os.Setenv(variable, value)
			}
		}
	}
	for _, flag := range Flags(command) {
		text, ok := flag.Value.(*string)
		if !ok || *text == "" || len(flag.variables) == 0 {
			continue
		}
		variable := flag.variables[0]
		former[variable] = os.Getenv(variable)
		err = errors.Join(err, os.Setenv(variable, *text))
	}
	return restore, err
}
