package template

import (
	"maps"

	"github.com/go-sparta/sparta/cloudformation"
)

// functionOutputs are what a stack shows of its functions: first what nobody
// could guess, last what follows from the rest.
type functionOutputs [3]map[string]cloudformation.Output

func (o functionOutputs) add(f function) {
	name := f.info.Name()
	if f.options.FunctionURL != nil {
		o[0][f.urlID()] = cloudformation.Output{Description: "URL of " + name, Value: cloudformation.GetAtt{f.urlID(), "FunctionUrl"}}
	}
	if f.options.AliasName() != "" {
		o[0][f.aliasID()+"Arn"] = cloudformation.Output{
			Description: "ARN of " + name + "'s alias " + f.options.AliasName(), Value: cloudformation.Ref(f.aliasID()),
		}
	}
	if f.versionID != "" {
		o[0][f.id+"VersionArn"] = cloudformation.Output{Description: "ARN of " + name + "'s newest version", Value: cloudformation.Ref(f.versionID)}
	}
	id := string(f.ref())
	o[1][id+"Arn"] = cloudformation.Output{Description: "ARN of " + name, Value: cloudformation.GetAtt{id, "Arn"}}
	o[2][id+"Name"] = cloudformation.Output{Description: "Name of " + name, Value: f.ref()}
}

// addTo adds as many kinds of outputs as a template may have: a service of many
// functions does without their names, or even ARNs.
func (o functionOutputs) addTo(template *cloudformation.Template) {
	for _, kind := range o {
		if len(template.Outputs)+len(kind) > cloudformation.MaxOutputs {
			return
		}
		maps.Copy(template.Outputs, kind)
	}
}
