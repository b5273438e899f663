package provision_test

import "testing"

// A stack's tags are passed to its resources, so a tag that differs from build to build would modify all of them.
func TestAnotherBuildModifiesOnlyTheFunction(t *testing.T) {
	d := newDeployment(t)
	d.must()
	d.pack("Goodbye")
	d.options.BuildID = "another"
	result := d.must()
	if len(result.Changes) != 1 || result.Changes[0].LogicalID != "HelloFunction" {
		t.Errorf("changes %+v", result.Changes)
	}
	d.options.BuildID = "a third"
	if result := d.must(); result.Changed {
		t.Errorf("another ID of the same build changed the stack: %+v", result)
	}
}
