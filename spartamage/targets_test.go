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

// target is a target as cgo.go declares it. Mage reads parameters and their comments there, which is why they are
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
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "cgo.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	comments := map[int]string{}
	for _, group := range file.Comments {
		comments[files.Position(group.Pos()).Line] = strings.TrimSpace(group.Text())
	}
	targets := map[string]target{}
	for _, declaration := range file.Decls {
		method, ok := declaration.(*ast.FuncDecl)
		if !ok || method.Recv == nil || len(method.Type.Params.List) == 1 {
			continue
		}
		var found target
		for _, field := range method.Type.Params.List[1:] {
			kind := field.Type.(*ast.StarExpr).X
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
	return targets
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

func TestParametersOfTargetsAreFlagsOfTheDeployProgram(t *testing.T) {
	commands := map[string]any{
		"provision": &struct {
			commandline.Logging
			commandline.Provision
		}{},
		"status": &commandline.Status{}, "logs": &commandline.Logs{}, "describe": &commandline.Describe{},
		"delete": &commandline.Delete{}, "recover": &commandline.Recover{}, "invoke": &commandline.Invoke{},
		"rollback": &commandline.Rollback{},
	}
	local := map[string]bool{
		"invoke timeout": true, "invoke env": true, "invoke remote": true,
		"provision parameter": true, "provision tag": true,
	} // of which the flags take one at a time
	targets := declaredTargets(t)
	if len(targets) != len(commands) {
		t.Errorf("%d targets have parameters, want those of %d commands", len(targets), len(commands))
	}
	for name, target := range targets {
		for _, p := range target.parameters {
			if local[name+" "+p.name] {
				continue
			}
			t.Run(name+" "+p.name, func(t *testing.T) {
				flag, usage := p.name, p.comment
				if flag == "plaintext" { // the one that means the opposite
					flag, usage = "redact", strings.Replace(usage, "show", "hide", 1)
				}
				checkParameter(t, p, commands[name], flag, usage)
			})
		}
	}
}

// checkParameter checks that the command has the flag, of the parameter's type and with this usage, and that the
// target sets the flag's field, and only that, to the parameter's value.
func checkParameter(t *testing.T, p parameter, command any, name, usage string) {
	t.Helper()
	for _, flag := range commandline.Flags(command) {
		if flag.Name != name {
			continue
		}
		kind := strings.TrimPrefix(reflect.TypeOf(flag.Value).String(), "*")
		if strings.TrimPrefix(kind, "[]") != p.kind {
			t.Errorf("the parameter is a %s, the flag a %s", p.kind, kind)
		}
		text, _, _ := strings.Cut(flag.Usage, "; SPARTA_")
		if defaultText.ReplaceAllString(text, "") != defaultText.ReplaceAllString(usage, "") {
			t.Errorf("the parameter is described as %q, the flag as %q", usage, text)
		}
		if len(p.fields) != 1 {
			t.Fatalf("the parameter goes to the fields %q, want one", p.fields)
		}
		field := reflect.ValueOf(command).Elem().FieldByName(p.fields[0])
		if !field.IsValid() || field.Addr().Interface() != flag.Value {
			t.Errorf("the parameter goes to the field %s, which is not the flag's", p.fields[0])
		}
		return
	}
	t.Errorf("the deploy program does not have the flag --%s", name)
}
