package sparta

import "fmt"

// DefaultAlias is the alias of a function that needs an alias but does not name one.
const DefaultAlias = "live"

var (
	aliasPattern  = pattern(`^[A-Za-z0-9_-]{1,128}$`)
	numberPattern = pattern(`^[0-9]+$`)
)

// AliasName returns the name of the function's alias, or "" if it has none.
func (o *LambdaFunctionOptions) AliasName() string {
	switch {
	case o == nil:
		return ""
	case o.Alias == "" && (o.SnapStarts() || o.ProvisionedConcurrency > 0):
		return DefaultAlias
	default:
		return o.Alias
	}
}

// PublishesVersions reports whether each change of the function is published as a version.
func (o *LambdaFunctionOptions) PublishesVersions() bool {
	return o != nil && (o.PublishVersion || o.Edge || o.AliasName() != "")
}

func (o *LambdaFunctionOptions) validateAlias() error {
	if o.Alias == "" || aliasPattern().MatchString(o.Alias) && !numberPattern().MatchString(o.Alias) {
		return nil
	}
	return fmt.Errorf("alias %q is invalid: use 1 to 128 letters, digits, - and _, but not only digits", o.Alias)
}
