package spartamage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
)

// target is a target as its source declares it. Mage reads parameters and their comments there, which is why they are
// written out although package commandline describes the flags that they become.
type target struct {
	parameters []parameter
}

type parameter struct {
	name, kind, comment string
	fields              []string // names of the fields that the target sets to its value
}

// declaredTargets reads the targets that have parameters, by the names of the deploy program's commands.
func declaredTargets(t *testing.T) map[string]target {
	t.Helper()
	targets := map[string]target{}
	for _, name := range []string{"cgo.go", "stack.go", "verify.go"} {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		addTargets(targets, files, file)
	}
	return targets
}

// addTargets adds those of one file.
func addTargets(targets map[string]target, files *token.FileSet, file *ast.File) {
	comments := map[int]string{}
	for _, group := range file.Comments {
		comments[files.Position(group.Pos()).Line] = strings.TrimSpace(group.Text())
	}
	for _, declaration := range file.Decls {
		method, ok := declaration.(*ast.FuncDecl)
		if !ok || method.Recv == nil || !method.Name.IsExported() || len(method.Type.Params.List) == 1 {
			continue
		}
		var found target
		for _, field := range method.Type.Params.List[1:] {
			pointer, ok := field.Type.(*ast.StarExpr)
			if !ok {
				continue // an argument that comes before the flags
			}
			kind := pointer.X
			p := parameter{name: field.Names[0].Name, comment: comments[files.Position(field.Pos()).Line]}
			switch kind := kind.(type) {
			case *ast.Ident:
				p.kind = kind.Name
			case *ast.SelectorExpr:
				p.kind = kind.X.(*ast.Ident).Name + "." + kind.Sel.Name
			}
			p.fields = fieldsSetTo(method.Body, p.name)
			found.parameters = append(found.parameters, p)
		}
		targets[strings.ToLower(method.Name.Name)] = found
	}
}

// fieldsSetTo lists the fields in struct literals whose values mention the variable.
func fieldsSetTo(body *ast.BlockStmt, variable string) []string {
	var fields []string
	ast.Inspect(body, func(node ast.Node) bool {
		pair, ok := node.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if _, nested := pair.Value.(*ast.CompositeLit); nested {
			return true
		}
		mentioned := false
		ast.Inspect(pair.Value, func(node ast.Node) bool {
			name, ok := node.(*ast.Ident)
			mentioned = mentioned || ok && name.Name == variable
			_, nested := node.(*ast.CompositeLit)
			return !nested
		})
		if mentioned {
			fields = append(fields, pair.Key.(*ast.Ident).Name)
		}
		return true
	})
	return fields
}

var defaultText = regexp.MustCompile(` \(default .*\)$`)

// stackFlags are the flags of a target that runs a command of the deploy program.
type stackFlags[T any] struct {
	commandline.Logging
	Command T
	commandline.Session
}

// The parameters of targets, the flags of the deploy program and those of cmd/sparta are described in one place.
func TestParametersOfTargetsAreFlagsOfCommands(t *testing.T) {
	commands := map[string]any{
		"provision": &stackFlags[struct {
			commandline.Provision
			commandline.Packaging
		}]{},
		"describe": &struct {
			commandline.Logging
			commandline.Describe
		}{},
		"status": &stackFlags[commandline.Status]{}, "logs": &stackFlags[commandline.Logs]{},
		"delete": &stackFlags[commandline.Delete]{}, "recover": &stackFlags[commandline.Recover]{},
		"rollback": &stackFlags[commandline.Rollback]{},
		"invoke":   &stackFlags[commandline.LocalInvoke]{}, "doctor": &commandline.Doctor{},
		"new": &commandline.New{}, "verify": &stackFlags[commandline.LocalVerify]{},
		"explore": &struct {
			commandline.Logging
			commandline.Explore
		}{},
	}
	targets := declaredTargets(t)
	if len(targets) != len(commands) {
		t.Errorf("%d targets have parameters, want those of %d commands", len(targets), len(commands))
	}
	for name, target := range targets {
		parameters := map[string]bool{}
		for _, p := range target.parameters {
			parameters[p.name] = true
			if p.name == "parameter" || p.name == "tag" || name == "doctor" {
				continue // those flags take one at a time, and the document of doctor has no other
			}
			t.Run(name+" "+p.name, func(t *testing.T) { checkParameter(t, p, commands[name]) })
		}
		for _, flag := range commandline.Flags(commands[name]) {
			if !parameters[flag.Name] && !flag.Hidden {
				t.Errorf("the target %s does not have the flag %s", name, flag.Name)
			}
		}
	}
}

// checkParameter checks that the command has the flag, of the parameter's type and with this usage, and that the
// target sets the flag's field, and only that, to the parameter's value.
func checkParameter(t *testing.T, p parameter, command any) {
	t.Helper()
	for _, flag := range commandline.Flags(command) {
		if flag.Name != p.name {
			continue
		}
		kind := strings.TrimPrefix(reflect.TypeOf(flag.Value).String(), "*")
		if strings.TrimPrefix(kind, "[]") != p.kind {
			t.Errorf("the parameter is a %s, the flag a %s", p.kind, kind)
		}
		text, _, _ := strings.Cut(flag.Usage, "; SPARTA_")
		usage := strings.ReplaceAll(p.comment, "implies -", "implies --")
		if defaultText.ReplaceAllString(text, "") != defaultText.ReplaceAllString(usage, "") {
			t.Errorf("the parameter is described as %q, the flag as %q", p.comment, text)
		}
		if len(p.fields) != 1 {
			t.Fatalf("the parameter goes to the fields %q, want one", p.fields)
		}
		field := fieldOf(reflect.ValueOf(command).Elem(), p.fields[0])
		if !field.IsValid() || field.Addr().Interface() != flag.Value {
			t.Errorf("the parameter goes to the field %s, which is not the flag's", p.fields[0])
		}
		return
	}
	t.Errorf("the deploy program does not have the flag --%s", p.name)
}

// fieldOf finds a field of a command, which may be in the struct Command.
func fieldOf(command reflect.Value, name string) reflect.Value {
	if field := command.FieldByName(name); field.IsValid() {
		return field
	}
	if inner := command.FieldByName("Command"); inner.IsValid() {
		return inner.FieldByName(name)
	}
	return reflect.Value{}
}
