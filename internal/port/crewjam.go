package port

import (
	"go/ast"
	"strings"
)

// crewjam are types that go-cloudformation called otherwise until 2017, when it was crewjam's.
var crewjam = map[string]string{
	"IAMPolicies":              "IAMRolePolicy",
	"IAMPoliciesList":          "IAMRolePolicyList",
	"EC2SecurityGroupRule":     "EC2SecurityGroupIngressProperty",
	"EC2SecurityGroupRuleList": "EC2SecurityGroupIngressPropertyList",
	"RDSSecurityGroupRule":     "RDSDBSecurityGroupIngressProperty",
	"RDSSecurityGroupRuleList": "RDSDBSecurityGroupIngressPropertyList",
}

// initialisms are how fields of go-cloudformation are written since then: ImageID, not ImageId.
var initialisms = strings.NewReplacer(
	"Identity", "Identity", "Ramdisk", "Ramdisk", "Id", "ID", "Ip", "IP", "Http", "HTTP", "Vpc", "VPC", "Url", "URL",
	"Api", "API", "Uri", "URI", "Json", "JSON", "Dns", "DNS", "Cpu", "CPU", "Ssh", "SSH", "Sql", "SQL", "Ttl", "TTL",
	"Acl", "ACL", "Xss", "XSS",
)

// changeCrewjam gives types and fields of crewjam's go-cloudformation the names that they have in mweagle's.
func (f *file) changeCrewjam(local string) {
	for _, use := range f.uses(local) {
		if name := crewjam[use.Sel.Name]; name != "" {
			f.replace(use.Sel, name)
		}
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || literal.Type == nil || !strings.HasPrefix(f.text(literal.Type), local+".") {
			return true
		}
		f.changeFields(literal, local)
		return true
	})
}

// changeFields renames the fields in a literal, and makes lists of strings of lists of values.
func (f *file) changeFields(literal *ast.CompositeLit, local string) {
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			if inner, ok := element.(*ast.CompositeLit); ok && inner.Type == nil {
				f.changeFields(inner, local)
			}
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok && initialisms.Replace(key.Name) != key.Name {
			f.replace(key, initialisms.Replace(key.Name))
		}
		list, ok := pair.Value.(*ast.CompositeLit)
		if ok && list.Type != nil && f.text(list.Type) == "[]"+local+".Stringable" {
			f.edits = append(f.edits,
				edit{f.offset(list.Pos()), f.offset(list.Lbrace) + 1, local + ".StringList("},
				edit{f.offset(list.Rbrace), f.offset(list.Rbrace) + 1, ")"})
		}
	}
}
