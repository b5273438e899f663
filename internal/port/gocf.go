package port

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// The packages of templates that applications of the original use.
const (
	gocf    = "github.com/mweagle/go-cloudformation"
	oldGocf = "github.com/crewjam/go-cloudformation"
)

const cloudformationPath = gosource.ModulePath + "/cloudformation"

// plain are the names of go-cloudformation that have the same meaning as a value of our package.
var plain = map[string]bool{
	"String": true, "Ref": true, "GetAtt": true, "Join": true, "StringExpr": true, "Integer": true, "Bool": true,
}

// gocfUse is what an application uses of go-cloudformation.
type gocfUse struct{ any, templates bool }

// usesOfGocf reports whether the files use go-cloudformation, and whether they need its templates or resources.
func usesOfGocf(files []*file) (use gocfUse) {
	for _, f := range files {
		for name, path := range f.scope() {
			if !isGocf(path) {
				continue
			}
			use.any = true
			if name == "." {
				use.templates = true
			}
			for _, selected := range f.uses(name) {
				if !plain[selected.Sel.Name] && settings[selected.Sel.Name] == "" && selected.Sel.Name != "StringList" {
					use.templates = true
				}
			}
		}
		for name, path := range f.scope() {
			if folder, ours := originalFolder(path); ours && folder == "aws/cloudformation" {
				use.templates = use.templates || slices.ContainsFunc(f.uses(name), isTyped)
			}
		}
	}
	return use
}

// typed are functions of the original that result in values of go-cloudformation. Package compat has them.
var typed = []string{"ConvertToTemplateExpression", "DynamicValueToStringExpr"}

func isTyped(use *ast.SelectorExpr) bool { return slices.Contains(typed, use.Sel.Name) }

// settings are go-cloudformation's types of settings, and the types of package sparta that replace them.
var settings = map[string]string{
	"LambdaFunctionVPCConfig":                   "LambdaFunctionVPCConfig",
	"LambdaFunctionTracingConfig":               "LambdaFunctionTracingConfig",
	"APIGatewayRestAPIEndpointConfiguration":    "EndpointConfiguration",
	"LambdaEventSourceMappingDestinationConfig": "EventSourceDestinationConfig",
	"LambdaEventSourceMappingOnFailure":         "EventSourceOnFailure",
}

// changeGocf replaces values of go-cloudformation by ours. If the application also uses its templates, it keeps them.
func (f *file) changeGocf(keep bool, became map[*ast.ImportSpec]string) {
	for _, imported := range f.syntax.Imports {
		path, local := pathOf(imported)
		if !isGocf(path) {
			continue
		}
		f.changeSettings(local)
		f.changeEnvironments(local)
		if keep {
			became[imported] = gocf
			if path == oldGocf {
				f.changeCrewjam(local)
			}
			if len(f.uses(local)) == f.replacedUses(local) {
				became[imported] = ""
			}
			continue
		}
		became[imported] = ""
		f.changeValues(local)
	}
}

// replacedUses counts the uses of a package that settings and environments replace.
func (f *file) replacedUses(local string) (count int) {
	for _, use := range f.uses(local) {
		if f.isReplaced(use) {
			count++
		}
	}
	return count
}

// isReplaced reports whether an edit replaces a node, or more than that.
func (f *file) isReplaced(n ast.Node) bool {
	return slices.ContainsFunc(f.edits, func(e edit) bool {
		return e.start <= f.offset(n.Pos()) && f.offset(n.End()) <= e.end
	})
}

// changeSettings gives VpcConfig and TracingConfig the types of package sparta.
func (f *file) changeSettings(local string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || literal.Type == nil {
			return true
		}
		name, found := strings.CutPrefix(f.text(literal.Type), local+".")
		if !found || settings[name] == "" {
			return true
		}
		list := "[]any{"
		if settings[name] == "EndpointConfiguration" {
			list = "[]string{"
		}
		f.replace(literal.Type, f.local(spartaPath)+"."+settings[name])
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				f.changeSetting(pair.Value, local, list)
			}
		}
		return true
	})
}

// changeSetting replaces gocf.String("x") by "x", and lists of them by plain lists.
func (f *file) changeSetting(value ast.Expr, local, listType string) {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return
	}
	switch f.text(call.Fun) {
	case local + ".String":
		if len(call.Args) == 1 {
			f.replace(call, f.text(call.Args[0]))
		}
	case local + ".StringList":
		var list []string
		for _, argument := range call.Args {
			list = append(list, f.plainText(argument, local))
		}
		f.replace(call, listType+strings.Join(list, ", ")+"}")
	}
}

// plainText returns the source of a value, without the function that makes a string of go-cloudformation.
func (f *file) plainText(value ast.Expr, local string) string {
	if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 && f.text(call.Fun) == local+".String" {
		return f.text(call.Args[0])
	}
	return f.text(value)
}

// changeEnvironments gives maps of variables the type that Environment has here.
func (f *file) changeEnvironments(local string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if m, ok := n.(*ast.MapType); ok && f.text(m.Value) == "*"+local+".StringExpr" {
			f.replace(m.Value, "any")
		}
		return true
	})
}

// changeValues replaces strings and intrinsics.
func (f *file) changeValues(local string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr:
			if f.text(n.X) == local+".StringExpr" {
				f.replace(n, "any")
				return false
			}
		case *ast.UnaryExpr:
			if text, ok := f.literalText(n, local); ok {
				f.replace(n, text)
				return false
			}
		case *ast.CallExpr:
			if text, ok := f.valueText(n, local); ok {
				f.replace(n, text)
				return false
			}
		case *ast.SelectorExpr:
			if ident, ok := n.X.(*ast.Ident); ok && ident.Name == local && f.unresolved[ident] {
				f.leave(n.Pos(), "%s: write a plain value of package cloudformation instead (docs/from-sparta.md)",
					f.text(n))
			}
		}
		return true
	})
}

// literalText returns the text of a string that is written as a literal of go-cloudformation's type.
func (f *file) literalText(value *ast.UnaryExpr, local string) (string, bool) {
	literal, ok := value.X.(*ast.CompositeLit)
	if !ok || literal.Type == nil || f.text(literal.Type) != local+".StringExpr" || len(literal.Elts) != 1 {
		return "", false
	}
	pair, ok := literal.Elts[0].(*ast.KeyValueExpr)
	if !ok || f.text(pair.Key) != "Literal" {
		return "", false
	}
	return f.text(pair.Value), true
}

// valueText returns our form of a call of go-cloudformation.
func (f *file) valueText(call *ast.CallExpr, local string) (string, bool) {
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "String" && len(call.Args) == 0 {
		if inner, ok := selector.X.(*ast.CallExpr); ok {
			return f.valueText(inner, local) // a reference is a string here
		}
	}
	name, found := strings.CutPrefix(f.text(call.Fun), local+".")
	if !found || !plain[name] {
		return "", false
	}
	ours := f.local(cloudformationPath)
	var arguments []string
	for _, argument := range call.Args {
		text := f.text(argument)
		if inner, ok := argument.(*ast.CallExpr); ok {
			if changed, ok := f.valueText(inner, local); ok {
				text = changed
			}
		}
		arguments = append(arguments, text)
	}
	switch {
	case name == "Ref" && len(arguments) == 1:
		return ours + ".Ref(" + arguments[0] + ")", true
	case name == "GetAtt" && len(arguments) == 2:
		return ours + ".GetAtt{" + strings.Join(arguments, ", ") + "}", true
	case name == "Join" && len(arguments) > 0:
		list := "[]any{" + strings.Join(arguments[1:], ", ") + "}"
		if call.Ellipsis.IsValid() && len(arguments) == 2 {
			list = arguments[1]
		}
		return ours + ".Join{Separator: " + arguments[0] + ", Values: " + list + "}", true
	case len(arguments) == 1: // String, Integer, Bool
		return arguments[0], true
	}
	return "", false
}
