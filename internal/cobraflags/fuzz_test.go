package cobraflags

import (
	"reflect"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/commandline"
)

// settings has a flag of each kind.
type settings struct {
	Text  string            `flag:"text"`
	On    bool              `flag:"on"`
	Wait  time.Duration     `flag:"wait"`
	Pairs map[string]string `flag:"pair"`
}

// FuzzArguments checks that a program reads from its arguments what a target has written into them.
func FuzzArguments(f *testing.F) {
	f.Add("a text", true, int64(time.Minute), "Name", "value", "Other", "a=b,c")
	f.Add(`"quoted"`, false, int64(0), "Name", `"quoted"`, "", "")
	f.Add("", false, int64(-1), "A", "", "B", "x=\"y\"\r\n,z")
	f.Add("--text=1", true, int64(1), "A", "--pair=x", "B", " \t")
	f.Fuzz(func(t *testing.T, text string, on bool, wait int64, name1, value1, name2, value2 string) {
		sent := settings{Text: text, On: on, Wait: time.Duration(wait), Pairs: map[string]string{}}
		for name, value := range map[string]string{name1: value1, name2: value2} {
			if isName(name) {
				sent.Pairs[name] = value
			}
		}
		received := settings{Pairs: map[string]string{}}
		flags := pflag.NewFlagSet("program", pflag.ContinueOnError)
		Register(flags, &received)
		args := commandline.Arguments(&sent)
		if err := flags.Parse(args); err != nil {
			t.Fatalf("%q: %v", args, err)
		}
		if len(received.Pairs) == 0 && len(sent.Pairs) == 0 {
			received.Pairs = sent.Pairs
		}
		if flags.NArg() > 0 || !reflect.DeepEqual(sent, received) {
			t.Fatalf("%q: got %+v, want %+v", args, received, sent)
		}
	})
}

// isName reports whether a text can be the name of a parameter or of a tag.
func isName(text string) bool {
	for _, r := range text {
		if r == '=' || r == ',' || r == '"' || r < ' ' || r == '\ufffd' {
			return false
		}
	}
	return text != ""
}
