// After publishing: look again until Loa answers from the new release.
setTimeout(() => location.reload(), 1500);
