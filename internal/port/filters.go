package port

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

const awsS3 = "github.com/aws/aws-sdk-go/service/s3"

// s3Types are types of the AWS SDK that settings of Sparta had, and ours.
var s3Types = map[string]string{
	"NotificationConfigurationFilter": "S3NotificationFilter",
	"KeyFilter":                       "S3KeyFilter",
	"FilterRule":                      "S3FilterRule",
	"WebsiteConfiguration":            "WebsiteConfiguration",
	"ErrorDocument":                   "ErrorDocument",
	"IndexDocument":                   "IndexDocument",
}

// changeS3Types replaces the SDK's types in filters of buckets and in the configuration of a site by ours. Ours have no
// pointers, except for a site's documents.
func (f *file) changeS3Types(became map[*ast.ImportSpec]string) {
	for _, imported := range f.syntax.Imports {
		path, local := pathOf(imported)
		if path != awsS3 {
			continue
		}
		uses, replaced := f.uses(local), 0
		aws := f.localOf("github.com/aws/aws-sdk-go/aws")
		requests := f.requests(local)
		for _, use := range uses {
			if ours := s3Types[use.Sel.Name]; ours != "" && !isInside(use, requests) {
				f.replace(use, f.local(spartaPath)+"."+ours)
				replaced++
			}
		}
		if replaced == 0 {
			continue
		}
		f.changeS3Values(local, aws, requests)
		if replaced == len(uses) {
			became[imported] = ""
		}
		f.dropUnused(became, "github.com/aws/aws-sdk-go/aws", aws)
	}
}

// requests lists the literals of the SDK's other types, which may contain its types of filters and websites.
func (f *file) requests(local string) (found []ast.Node) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if literal, ok := n.(*ast.CompositeLit); ok && literal.Type != nil {
			name, isS3 := strings.CutPrefix(f.text(literal.Type), local+".")
			if isS3 && s3Types[name] == "" {
				found = append(found, literal)
			}
		}
		return true
	})
	return found
}

func isInside(inner ast.Node, nodes []ast.Node) bool {
	return slices.ContainsFunc(nodes, func(outer ast.Node) bool {
		return outer.Pos() <= inner.Pos() && inner.End() <= outer.End()
	})
}

// changeS3Values removes pointers in literals of the SDK's types, except in those of requests.
func (f *file) changeS3Values(local, aws string, requests []ast.Node) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || literal.Type == nil || isInside(literal, requests) {
			return true
		}
		name, found := strings.CutPrefix(f.text(literal.Type), local+".")
		if !found {
			if _, isRule := strings.CutPrefix(f.text(literal.Type), "[]*"+local+"."); isRule {
				list := literal.Type.(*ast.ArrayType)
				star := list.Elt.(*ast.StarExpr)
				f.remove(star.Star, star.X.Pos())
				for _, element := range literal.Elts {
					f.withoutAddress(element)
					f.plainFields(element, aws)
				}
			}
			return true
		}
		if s3Types[name] == "" {
			return true
		}
		f.plainFields(literal, aws)
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok && name == "NotificationConfigurationFilter" {
				f.withoutAddress(pair.Value)
			}
		}
		return true
	})
}

// withoutAddress removes & before a literal.
func (f *file) withoutAddress(value ast.Expr) {
	if unary, ok := value.(*ast.UnaryExpr); ok {
		f.remove(unary.OpPos, unary.X.Pos())
	}
}

// plainFields replaces aws.String("x") by "x" in the fields of a literal.
func (f *file) plainFields(value ast.Expr, aws string) {
	if unary, ok := value.(*ast.UnaryExpr); ok {
		value = unary.X
	}
	literal, ok := value.(*ast.CompositeLit)
	if !ok || aws == "" {
		return
	}
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if call, ok := pair.Value.(*ast.CallExpr); ok && f.text(call.Fun) == aws+".String" && len(call.Args) == 1 {
			f.replace(call, f.text(call.Args[0]))
		}
	}
}

// localOf returns the local name of an import, or an empty name.
func (f *file) localOf(path string) string {
	for local, imported := range f.scope() {
		if imported == path {
			return local
		}
	}
	return ""
}

// dropUnusedImports removes imports that only parameters of hooks used.
func (f *file) dropUnusedImports(became map[*ast.ImportSpec]string) {
	for _, path := range []string{"archive/zip", "github.com/aws/aws-sdk-go/aws/session", logrus, oldLogrus} {
		f.dropUnused(became, path, f.localOf(path))
	}
}

// writes reports whether an edit adds a text.
func (f *file) writes(text string) bool {
	for _, e := range f.edits {
		if strings.Contains(e.text, text) {
			return true
		}
	}
	return false
}

// dropUnused removes an import whose uses have all been replaced.
func (f *file) dropUnused(became map[*ast.ImportSpec]string, path, local string) {
	uses := len(f.uses(local))
	if uses == 0 || f.replacedUses(local) < uses || f.writes(local+".") {
		return
	}
	for _, imported := range f.syntax.Imports {
		if found, _ := pathOf(imported); found == path {
			became[imported] = ""
		}
	}
}

// changeVariables gives the variables of a stage values of any type.
func (f *file) changeVariables() {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		assignment, ok := n.(*ast.AssignStmt)
		if !ok || len(assignment.Lhs) != 1 || len(assignment.Rhs) != 1 {
			return true
		}
		to, isField := assignment.Lhs[0].(*ast.SelectorExpr)
		literal, isLiteral := assignment.Rhs[0].(*ast.CompositeLit)
		if isField && isLiteral && to.Sel.Name == "Variables" && literal.Type != nil &&
			f.text(literal.Type) == "map[string]string" {
			f.replace(literal.Type.(*ast.MapType).Value, "any")
		}
		return true
	})
}

// moveLayers sets Options.Layers instead of a function's Layers, if the function keeps these options.
func (f *file) moveLayers(assignment *ast.AssignStmt, field *ast.SelectorExpr, i int) bool {
	if len(assignment.Rhs) != len(assignment.Lhs) {
		return false
	}
	list, ok := assignment.Rhs[i].(*ast.CompositeLit)
	if !ok || list.Type == nil || f.setsLater(f.text(field.X)+".Options", assignment.End()) {
		return false
	}
	f.insert(field.Sel.Pos(), "Options.")
	f.replace(list.Type, "[]any")
	return true
}

// setsLater reports whether the file assigns something to an expression after a position.
func (f *file) setsLater(expression string, position token.Pos) (found bool) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if assignment, ok := n.(*ast.AssignStmt); ok && assignment.Pos() > position {
			for _, to := range assignment.Lhs {
				found = found || f.text(to) == expression
			}
		}
		return true
	})
	return found
}

// checkFields lists settings that have no counterpart.
func (f *file) checkFields() {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Interceptors" {
				f.leave(n.Pos(), "Interceptors: call what they do in the handler, or wrap the handler")
			}
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				field, ok := to.(*ast.SelectorExpr)
				if ok && field.Sel.Name == "Layers" && !strings.HasSuffix(f.text(field.X), "Options") &&
					!f.moveLayers(n, field, i) {
					f.leave(n.Pos(), "%s: set Options.Layers, which is a list of any values", f.text(field))
				}
			}
		}
		return true
	})
}
