#!/bin/sh
# Fetches nodemailer $1 from npm, once, and prints the folder that it is in.
set -eu
folder=${XDG_CACHE_HOME:-$HOME/.cache}/postrider/nodemailer-$1
if [ ! -d "$folder" ]; then
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    npm install --no-audit --no-fund --ignore-scripts --prefix "$folder.new" "nodemailer@$1"
    mv "$folder.new" "$folder"
fi >&2
echo "$folder/node_modules/nodemailer"
