package sparta

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// LambdaName is the function name that Sparta derives from a Go function:
// main.HelloWorld is HelloWorld, github.com/acme/app/handlers.Foo is
// handlers_Foo. It is empty for anything but a function.
func LambdaName(handler any) string {
	return sanitizeName(symbolName(functionSymbol(handler)))
}

// functionSymbol is the linker's name for a Go function, empty for other values.
func functionSymbol(handler any) string {
	v := reflect.ValueOf(handler)
	if v.Kind() != reflect.Func || v.IsNil() {
		return ""
	}
	return runtime.FuncForPC(v.Pointer()).Name()
}

// symbolName reduces a linker symbol to package and function.
func symbolName(symbol string) string {
	if start, end := strings.IndexByte(symbol, '['), strings.LastIndexByte(symbol, ']'); start >= 0 && end > start {
		symbol = symbol[:start] + symbol[end+1:] // type arguments, which may hold slashes
	}
	symbol = symbol[strings.LastIndexByte(symbol, '/')+1:]
	symbol = strings.TrimSuffix(symbol, "-fm")   // how the compiler marks a method value
	symbol = strings.TrimPrefix(symbol, "main.") // an application's own functions need no prefix
	return strings.NewReplacer("(*", "", "(", "", ")", "", "%2e", ".").Replace(symbol)
}

// sanitizeName makes a name that Python can spell: letters, digits and
// underscores, no digit first.
func sanitizeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '_' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return r
		}
		return '_'
	}, name)
	if name != "" && '0' <= name[0] && name[0] <= '9' {
		return "_" + name
	}
	return name
}

// validateName checks a chosen name together with what became of it.
func validateName(original string) error {
	name := sanitizeName(original)
	if strings.Trim(name, "_") == "" {
		return fmt.Errorf("name %q has no letter or digit: set Options.SpartaOptions.Name", original)
	}
	if strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") {
		return fmt.Errorf("name %q is reserved for Python: choose one without double underscores around it", original)
	}
	return nil
}
