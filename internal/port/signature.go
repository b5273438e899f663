package port

import (
	"go/ast"
	"strings"
)

// kind is a kind of the original's hooks.
type kind string

const (
	workflowHook      kind = "WorkflowHook"
	archiveHook       kind = "ArchiveHook"
	rollbackHook      kind = "RollbackHook"
	customResource    kind = "CustomResourceFunction"
	serviceDecorator  kind = "ServiceDecorator"
	templateDecorator kind = "TemplateDecorator"
)

// signatures maps the parameters and results of hooks to their kinds. Several versions of the original had other
// parameters for the same hook.
var signatures = map[string]kind{
	"map string string string session bool logger : error":                        workflowHook,
	"map string string session bool logger : error":                               workflowHook,
	"map string zip session bool logger : error":                                  archiveHook,
	"map string session bool logger :":                                            rollbackHook,
	"string string map logger : map error":                                        customResource,
	"map string template string string session bool logger : error":               serviceDecorator,
	"map string template string string string session bool logger : error":        serviceDecorator,
	"string string function map string string string template map logger : error": templateDecorator,
	"string string function map string string template map logger : error":        templateDecorator,
	"string string function map string string template logger : error":            templateDecorator,
}

// values are what the parameters of a hook are in terms of ours: SESSION and LOGGER are expressions of their own.
var values = map[kind][]string{
	workflowHook: {"Context", "ServiceName", "S3Bucket", "BuildID", "SESSION", "NoOp", "Logger"},
	archiveHook:  {"Context", "ServiceName", "Archive", "SESSION", "NoOp", "Logger"},
	rollbackHook: {"Context", "ServiceName", "SESSION", "NoOp", "Logger"},
}

// kindOf returns the kind of the hook that has a type, or nothing. The scope has the import paths of local names.
func kindOf(function *ast.FuncType, scope map[string]string) kind {
	var words []string
	words = append(words, fieldTypes(function.Params, scope)...)
	words = append(words, ":")
	words = append(words, fieldTypes(function.Results, scope)...)
	return signatures[strings.Join(words, " ")]
}

func fieldTypes(list *ast.FieldList, scope map[string]string) (words []string) {
	if list == nil {
		return nil
	}
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			words = append(words, typeWord(field.Type, scope))
		}
	}
	return words
}

// typeWord returns a short name of a type that hooks have, or a word that no hook has.
func typeWord(expression ast.Expr, scope map[string]string) string {
	switch t := expression.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.MapType:
		if typeWord(t.Key, scope) == "string" && isAny(t.Value) {
			return "map"
		}
	case *ast.StarExpr:
		switch qualified(t.X, scope) {
		case logrus + ".Logger", oldLogrus + ".Logger":
			return "logger"
		case "github.com/aws/aws-sdk-go/aws/session.Session":
			return "session"
		case "archive/zip.Writer":
			return "zip"
		}
		if path, isTemplate := strings.CutSuffix(qualified(t.X, scope), ".Template"); isTemplate && isGocf(path) {
			return "template"
		}
	case *ast.SelectorExpr:
		if path, isFunction := strings.CutSuffix(qualified(t, scope), ".LambdaFunction"); isFunction && isGocf(path) {
			return "function"
		}
	}
	return "?"
}

// isAny reports whether a type is that of all values.
func isAny(expression ast.Expr) bool {
	switch t := expression.(type) {
	case *ast.Ident:
		return t.Name == "any"
	case *ast.InterfaceType:
		return t.Methods.NumFields() == 0
	}
	return false
}

// qualified returns a package's name with its import path, or an empty text.
func qualified(expression ast.Expr, scope map[string]string) string {
	selector, ok := expression.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	ident, ok := selector.X.(*ast.Ident)
	if !ok || scope[ident.Name] == "" {
		return ""
	}
	return scope[ident.Name] + "." + selector.Sel.Name
}

// scope maps the local names of a file's imports to their paths.
func (f *file) scope() map[string]string {
	scope := map[string]string{}
	for _, imported := range f.syntax.Imports {
		path, name := pathOf(imported)
		scope[name] = path
	}
	return scope
}

func isGocf(path string) bool {
	return path == gocf || path == oldGocf
}
