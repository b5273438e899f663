package cobraflags

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/commandline"
)

// pairs is the value of a flag that is a map. It reads what users write as package pflag does, and the entries of other
// programs of this module as they are.
type pairs struct {
	pflag.Value // pflag's own for the map

	into  *map[string]string
	exact map[string]string
}

func newPairs(into *map[string]string) *pairs {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.StringToStringVar(into, "pairs", *into, "")
	return &pairs{flags.Lookup("pairs").Value, into, map[string]string{}}
}

// Set implements pflag.Value.
func (p *pairs) Set(text string) error {
	entry, isExact := strings.CutPrefix(text, commandline.Exact)
	if !isExact {
		if err := p.Value.Set(text); err != nil {
			return err
		}
		for name := range p.exact { // pflag replaces the map when the flag is given for the first time
			if _, given := (*p.into)[name]; !given {
				(*p.into)[name] = p.exact[name]
			}
		}
		return nil
	}
	name, value, ok := strings.Cut(entry, "=")
	if !ok || name == "" {
		return errors.New("an entry has no name: use Name=value")
	}
	p.exact[name] = value
	if *p.into == nil {
		*p.into = map[string]string{}
	}
	(*p.into)[name] = value
	return nil
}
