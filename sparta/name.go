package sparta

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/go-sparta/sparta/internal/logicalid"
)

// LambdaName returns the function name that Sparta derives from a Go function: HelloWorld for main.HelloWorld,
// handlers_Foo for github.com/acme/app/handlers.Foo. It returns "" for anything but a function.
func LambdaName(handler any) string {
	return sanitizeName(symbolName(functionSymbol(handler)))
}

// Name returns the function's name within the service: SpartaOptions.Name, or else the name that was given, or
// else the name of the Go function. Characters other than ASCII letters and digits are replaced by underscores.
func (info *LambdaAWSInfo) Name() string {
	return sanitizeName(info.originalName())
}

// LogicalResourceName returns the logical ID of the function's resource.
func (info *LambdaAWSInfo) LogicalResourceName() string {
	return logicalid.Words(info.Name()) + "Function"
}

func (info *LambdaAWSInfo) originalName() string {
	if info.Options != nil && info.Options.SpartaOptions != nil && info.Options.SpartaOptions.Name != "" {
		return info.Options.SpartaOptions.Name
	}
	if info.userName != "" {
		return info.userName
	}
	return symbolName(functionSymbol(info.handler))
}

// functionSymbol returns the linker's name of a Go function, or "" for other values.
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
		symbol = symbol[:start] + symbol[end+1:] // type arguments, which may contain slashes
	}
	symbol = symbol[strings.LastIndexByte(symbol, '/')+1:]
	symbol = strings.TrimSuffix(symbol, "-fm")   // how the compiler marks a method value
	symbol = strings.TrimPrefix(symbol, "main.") // an application's own functions need no prefix
	return strings.NewReplacer("(*", "", "(", "", ")", "", "%2e", ".").Replace(symbol)
}

// sanitizeName returns a valid name in Python: letters, digits and underscores, not beginning with a digit.
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

// validateName checks a name before and after it is sanitized.
func validateName(original string) error {
	name := sanitizeName(original)
	if strings.Trim(name, "_") == "" {
		return fmt.Errorf("name %q has no ASCII letter or digit: set Options.SpartaOptions.Name", original)
	}
	if strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") {
		return fmt.Errorf("name %q is reserved for Python: choose one without double underscores around it", original)
	}
	return nil
}
