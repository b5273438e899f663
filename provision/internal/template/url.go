package template

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// addURL adds the function's own address. It serves the alias where there is one.
func (f function) addURL(template *cloudformation.Template) error {
	url := f.options.FunctionURL
	if url == nil {
		return nil
	}
	authType := cmp.Or(url.AuthType, "AWS_IAM")
	resource := &cloudformation.Resource{
		Type:       "AWS::Lambda::Url",
		Properties: map[string]any{"TargetFunctionArn": f.ref(), "AuthType": authType},
	}
	callee := f.ref()
	if alias := f.options.AliasName(); alias != "" {
		callee = cloudformation.Ref(f.aliasID())
		resource.Properties["Qualifier"] = alias
		resource.DependsOn = []string{f.aliasID()}
	}
	if url.Cors != nil {
		resource.Properties["Cors"] = cors(*url.Cors)
	}
	if err := template.Add(f.urlID(), resource); err != nil || authType != "NONE" {
		return err
	}
	// Lambda wants both before it lets everybody in.
	err := template.Add(f.urlID()+"Permission", permission(callee, map[string]any{
		"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE",
	}))
	if err != nil {
		return err
	}
	return template.Add(f.urlID()+"InvokePermission", permission(callee, map[string]any{
		"Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true,
	}))
}

func (f function) urlID() string { return f.id + "Url" }

// permission lets everybody call a function in the ways that properties say.
func permission(callee cloudformation.Ref, properties map[string]any) *cloudformation.Resource {
	properties["FunctionName"] = callee
	properties["Principal"] = "*"
	return &cloudformation.Resource{Type: "AWS::Lambda::Permission", Properties: properties}
}

func cors(c sparta.LambdaFunctionURLCors) map[string]any {
	properties := map[string]any{}
	for name, values := range map[string][]string{
		"AllowOrigins":  c.AllowOrigins,
		"AllowMethods":  c.AllowMethods,
		"AllowHeaders":  c.AllowHeaders,
		"ExposeHeaders": c.ExposeHeaders,
	} {
		if len(values) > 0 {
			properties[name] = values
		}
	}
	if c.AllowCredentials {
		properties["AllowCredentials"] = true
	}
	if c.MaxAge != 0 {
		properties["MaxAge"] = c.MaxAge
	}
	return properties
}
