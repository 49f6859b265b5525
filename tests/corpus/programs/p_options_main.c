/* expect: note of padding */
#include <stdio.h>
#include <string.h>
struct options {
  int verbose;  // before
  const char *input;
  int jobs;  // before
  const char *output;
  int force;  // before
  const char *config;
  int verbose, jobs, force;  // after
};
static int parse(int argc, char **argv, struct options *o) {
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "-v")) o->verbose = 1;
    else if (!strcmp(argv[i], "-f")) o->force = 1;
    else o->input = argv[i];
  }
  return o->input != NULL;
}
int main(int argc, char **argv) {
  struct options opts = {0};
  if (!parse(argc, argv, &opts)) return 1;
  printf("%s %s %d\n", opts.input, opts.output, opts.jobs);
  return 0;
}
