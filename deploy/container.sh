#!/bin/sh
# In the container: `read` serves the archive, everything else is a command of Winnow.
case "$1" in
  read) shift; exec datasette /archive/articles.db --host 0.0.0.0 --port 8001 --setting suggest_facets off --setting sql_time_limit_ms 5000 "$@" ;;
  *) exec winnow "$@" ;;
esac
